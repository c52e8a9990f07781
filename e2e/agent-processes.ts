import { execFileSync } from 'node:child_process'
import type { Stack } from '@trunkline/contracts'

/** The processes of the agent's worker that have a call or wait for one: those that run its second main. */
export function agentProcesses({ processes }: Stack): number[] {
  const worker = processes.find(({ name }) => name === 'agent')?.pid
  if (worker === undefined) throw new Error('the stack has no agent')
  const table = execFileSync('ps', ['-A', '-ww', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
  return table.split('\n').flatMap((row) => {
    const [, pid, parent] = /^\s*(\d+)\s+(\d+)\s.*agent\/src\/job\.ts/.exec(row) ?? []
    return Number(parent) === worker ? [Number(pid)] : []
  })
}

import { execFileSync } from 'node:child_process'
import type { Stack } from '@trunkline/contracts'

/** The children of the agent's worker: its calls, and the idle ones that wait for calls. */
export function agentProcesses({ processes }: Stack): number[] {
  const worker = processes.find(({ name }) => name === 'agent')?.pid
  if (worker === undefined) throw new Error('the stack has no agent')
  const table = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  return table
    .split('\n')
    .map((row) => row.trim().split(/\s+/).map(Number))
    .flatMap(([pid, parent]) => (pid !== undefined && parent === worker ? [pid] : []))
    .sort((a, b) => a - b)
}

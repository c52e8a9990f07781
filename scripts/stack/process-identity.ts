import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/**
 * Tells this process from a later one with the same number: its start time. Undefined when nothing runs
 * under that number (a zombie does not run).
 */
export function processIdentity(pid: number): string | undefined {
  return process.platform === 'linux' ? identityFromProc(pid) : identityFromPs(pid)
}

export function isSameProcess({ pid, identity }: { pid: number; identity: string }): boolean {
  return processIdentity(pid) === identity
}

function identityFromProc(pid: number): string | undefined {
  try {
    return readProcStat(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return undefined // no such process
  }
}

/** `pid (command) state ppid … starttime …`: the command may hold spaces and parentheses. */
export function readProcStat(text: string): string | undefined {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ')
  const [state] = fields
  const startTicks = fields[19] // field 22 of proc(5), counted from the state, which is field 3
  if (state === 'Z' || state === 'X' || startTicks === undefined) return undefined
  return `ticks ${startTicks}`
}

function identityFromPs(pid: number): string | undefined {
  const { status, stdout } = spawnSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], {
    encoding: 'utf8',
    env: { LC_ALL: 'C', PATH: '/bin:/usr/bin' },
  })
  return status === 0 ? readPsLine(stdout) : undefined
}

/** `Ss   Sat Nov 21 03:09:12 2026`, as ps of macOS and of the BSDs prints it. */
export function readPsLine(text: string): string | undefined {
  const [state = '', ...start] = text.trim().split(/\s+/)
  return state === '' || state.startsWith('Z') ? undefined : start.join(' ')
}

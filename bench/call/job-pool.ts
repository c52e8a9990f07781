import { setTimeout as sleep } from 'node:timers/promises'
import type { Stack } from '@trunkline/contracts'
import { childrenOf, type ProcessEntry, udpPortsOf } from './process-tree.ts'

const jobProgram = 'job_proc'
const lookMs = 500
/** A process that loads uses a whole core, one that waits almost none of it; ticks of 10 ms. */
const quietTicks = 5
const quietLooks = 2
const countMs = 3000

/** The worker that takes the stack's telephone calls; without one the reason is printed. */
export function findWorker({ sip, processes }: Stack): number | undefined {
  const pid = processes.find(({ name }) => name === 'agent')?.pid
  if (sip && pid !== undefined) return pid
  process.stderr.write('the stack has no telephone line, or no agent of its own\n')
  return undefined
}

/** Job processes of a worker, idle ones included. */
export function jobProcesses(workerPid: number): readonly ProcessEntry[] {
  return childrenOf(workerPid).filter(({ command }) => command.includes(jobProgram))
}

export interface Pool {
  readonly workerPid: number
  /** Job processes that wait for a call when there is none. */
  readonly idle: number
}

/** The pool of a worker that has no call; counted once its processes have loaded, as each starts after the last. */
export async function countPool(
  workerPid: number,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<Pool> {
  const giveUpAt = performance.now() + timeoutMs
  for (;;) {
    const pool = { workerPid, idle: Math.max(1, jobProcesses(workerPid).length) }
    const isSettled = await untilSettled([pool], { timeoutMs: countMs, signal })
    if (isSettled || performance.now() > giveUpAt) return pool
  }
}

/**
 * Waits until the workers are as before a call: each has its idle job processes, and they have loaded. Otherwise a
 * call would be measured while the process for the next one starts, which takes a core for seconds.
 * @returns false when that did not happen in `timeoutMs`
 */
export async function untilSettled(
  pools: readonly Pool[],
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<boolean> {
  const giveUpAt = performance.now() + timeoutMs
  let before = takeSnapshot(pools)
  let quiet = 0
  while (performance.now() < giveUpAt) {
    await sleep(lookMs, undefined, { signal })
    const now = takeSnapshot(pools)
    const isSettled = pools.every(({ idle }, index) => {
      const { jobs = 0, ticks = 0 } = now[index] ?? {}
      return jobs === idle && ticks - (before[index]?.ticks ?? 0) <= quietTicks
    })
    quiet = isSettled ? quiet + 1 : 0
    if (quiet >= quietLooks) return true
    before = now
  }
  return false
}

/**
 * Waits until a worker that has calls has its waiting processes again, and they have loaded.
 * @returns false when that did not happen in `timeoutMs`
 */
export async function untilReplaced(
  { workerPid, idle }: Pool,
  { timeoutMs, signal }: { timeoutMs: number; signal: AbortSignal },
): Promise<boolean> {
  const giveUpAt = performance.now() + timeoutMs
  let before = new Map<number, number>()
  while (performance.now() < giveUpAt) {
    await sleep(lookMs, undefined, { signal })
    // Those that have a call have sockets for audio.
    const waiting = jobProcesses(workerPid).filter(({ pid }) => udpPortsOf(pid)?.length === 0)
    const isQuiet = waiting.every(({ pid, cpuTicks }) => {
      return cpuTicks - (before.get(pid) ?? 0) <= quietTicks
    })
    if (waiting.length >= idle && isQuiet) return true
    before = new Map(waiting.map(({ pid, cpuTicks }) => [pid, cpuTicks]))
  }
  return false
}

function takeSnapshot(pools: readonly Pool[]) {
  return pools.map(({ workerPid }) => {
    const jobs = jobProcesses(workerPid)
    return { jobs: jobs.length, ticks: jobs.reduce((sum, { cpuTicks }) => sum + cpuTicks, 0) }
  })
}

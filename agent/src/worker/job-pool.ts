import type { ChildProcess } from 'node:child_process'
import { z } from 'zod'

/** A process that agents-js has forked; with `runningJob` it has a call. */
export interface JobProcess {
  readonly proc?: ChildProcess | undefined
  readonly runningJob?: { readonly job: { readonly id: string } } | undefined
}

/** A job process that was forked ahead and waits for a call; `unlock` lets the pool fork another one. */
export interface IdleProcess {
  readonly proc: Pick<JobProcess, 'proc'>
  unlock: () => void
}

export interface IdleQueue {
  readonly items: IdleProcess[]
  put(idle: IdleProcess): Promise<void>
}

/** What agents-js' pool has inside and shows nobody. */
export interface JobPool {
  /** Those that start, wait and run. */
  readonly processes: readonly JobProcess[]
  readonly warmedProcQueue: IdleQueue
}

interface PoolClass {
  readonly prototype: { start(): void }
}

const poolModule = z.object({
  ProcPool: z.custom<PoolClass>(
    (value) => typeof value === 'function' && typeof value.prototype?.start === 'function',
  ),
})
const poolShape = z.object({
  processes: z.array(z.unknown()),
  warmedProcQueue: z.object({ items: z.array(z.unknown()), put: z.function() }),
})
const pool = z.custom<JobPool>((value) => poolShape.safeParse(value).success)

/**
 * Calls `onPool` with agents-js' pool of job processes as it starts; to be called before the worker starts. The pool
 * has no public face, so a version of agents-js without these parts is refused.
 * @throws {Error} when agents-js is not built as expected
 */
export async function reachJobPool(onPool: (pool: JobPool) => void): Promise<void> {
  const file = new URL('./ipc/proc_pool.js', import.meta.resolve('@livekit/agents'))
  const { ProcPool } = poolModule.parse(await import(file.href))
  const start = ProcPool.prototype.start
  ProcPool.prototype.start = function (this: unknown) {
    onPool(pool.parse(this))
    start.call(this)
  }
}

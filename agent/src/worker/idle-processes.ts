import type { ChildProcess } from 'node:child_process'
import { z } from 'zod'

/** A job process that was forked ahead and waits for a call; `unlock` lets the pool fork another one. */
interface IdleProcess {
  readonly proc: { readonly proc?: ChildProcess }
  readonly unlock: () => void
}

interface IdleQueue {
  readonly items: IdleProcess[]
  put(idle: IdleProcess): Promise<void>
}

interface PoolClass {
  readonly prototype: { start(): void }
}

const poolModule = z.object({
  ProcPool: z.custom<PoolClass>(
    (value) => typeof value === 'function' && typeof value.prototype?.start === 'function',
  ),
})
const pool = z.object({
  warmedProcQueue: z.custom<IdleQueue>(
    (queue) =>
      z.object({ items: z.array(z.unknown()), put: z.function() }).safeParse(queue).success,
  ),
})

/**
 * Has agents-js' pools replace idle processes that exit. In 1.9.0 a dead one stays in the queue, holds its place, and
 * the next call is sent to it and never starts (livekit/agents-js#2321). To be called before the worker starts; the
 * pool has no public face, so a version without these parts is refused.
 * @throws {Error} when agents-js is not built as expected
 */
export async function replaceIdleProcesses({ onExit }: { onExit: () => void }): Promise<void> {
  const file = new URL('./ipc/proc_pool.js', import.meta.resolve('@livekit/agents'))
  const { ProcPool } = poolModule.parse(await import(file.href))
  const start = ProcPool.prototype.start
  ProcPool.prototype.start = function (this: unknown) {
    watchIdle(pool.parse(this).warmedProcQueue, { onExit })
    start.call(this)
  }
}

/** Takes processes that exit while they wait out of the queue, which makes the pool fork others. */
export function watchIdle(queue: IdleQueue, { onExit }: { onExit: () => void }): void {
  const put = queue.put.bind(queue)
  queue.put = async (idle) => {
    await put(idle)
    const child = idle.proc.proc
    const gone = () => {
      const place = queue.items.indexOf(idle)
      if (place === -1) return // it had got its call
      queue.items.splice(place, 1)
      idle.unlock()
      onExit()
    }
    if (!child || child.exitCode !== null || child.signalCode !== null) gone()
    else child.once('exit', gone)
  }
}

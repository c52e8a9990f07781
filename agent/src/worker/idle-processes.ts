import type { IdleQueue } from './job-pool.ts'

export interface IdleWatcher {
  /** False while the worker drains: then no other one is forked. */
  readonly mayReplace: () => boolean
  /** Told of each that is ready for a call. */
  readonly onWarm: () => void
  /** Told of each that is replaced. */
  readonly onReplaced: () => void
}

/** A fork keeps a core busy for two seconds, in which the call that took the process before has to be answered. */
const forkDelayMs = 2500

/**
 * Forks another process for one that got a call only when that is answered, unless none is left for the next call.
 *
 * Takes processes that exit while they wait out of the queue, which makes the pool fork others. In agents-js 1.9.0 a
 * dead one stays there, holds its place, and the next call is sent to it and never starts (livekit/agents-js#2321).
 */
export function watchIdle(queue: IdleQueue, watcher: IdleWatcher): void {
  const { mayReplace, onWarm, onReplaced } = watcher
  const put = queue.put.bind(queue)
  queue.put = async (idle) => {
    const { unlock } = idle
    idle.unlock = () => {
      if (queue.items.length === 0) unlock()
      else setTimeout(unlock, forkDelayMs).unref()
    }
    await put(idle)
    onWarm()
    const child = idle.proc.proc
    const gone = () => {
      const place = queue.items.indexOf(idle)
      if (place === -1) return // it had got its call
      queue.items.splice(place, 1)
      if (!mayReplace()) return
      unlock()
      onReplaced()
    }
    if (!child || child.exitCode !== null || child.signalCode !== null) gone()
    else child.once('exit', gone)
  }
}

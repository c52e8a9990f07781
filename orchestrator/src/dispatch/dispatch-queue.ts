import { createTokenBucket } from './token-bucket.ts'

/** Where dispatches wait for their turn, so that a crash of many jobs does not become a storm. */
export interface DispatchQueue {
  /**
   * Resolves `turn` when this one may go, the smallest `since` first; `full` at once when too many wait.
   * @throws the reason of `signal`
   */
  enter(since: number, options: { signal: AbortSignal }): Promise<'turn' | 'full'>
}

export interface DispatchQueueOptions {
  readonly perSecond: number
  readonly burst: number
  readonly maxWaiting: number
  /** Monotonic milliseconds. */
  readonly now: () => number
}

interface Waiting {
  readonly since: number
  readonly go: () => void
}

export function createDispatchQueue(options: DispatchQueueOptions): DispatchQueue {
  const { maxWaiting, now } = options
  const bucket = createTokenBucket(options)
  const waiting: Waiting[] = []
  let timer: NodeJS.Timeout | undefined

  const serve = () => {
    clearTimeout(timer)
    timer = undefined
    while (waiting.length > 0) {
      const waitMs = bucket.take(now())
      if (waitMs > 0) {
        timer = setTimeout(serve, waitMs)
        return
      }
      waiting.shift()?.go()
    }
  }
  const leave = (one: Waiting) => {
    const index = waiting.indexOf(one)
    if (index !== -1) waiting.splice(index, 1)
    if (waiting.length === 0) clearTimeout(timer)
  }

  return {
    async enter(since, { signal }) {
      signal.throwIfAborted()
      if (waiting.length >= maxWaiting) return 'full'
      await new Promise<void>((resolve, reject) => {
        const stop = () => {
          leave(one)
          reject(signal.reason)
        }
        const one: Waiting = {
          since,
          go() {
            signal.removeEventListener('abort', stop)
            resolve()
          },
        }
        signal.addEventListener('abort', stop, { once: true })
        const before = waiting.findLastIndex((other) => other.since <= since)
        waiting.splice(before + 1, 0, one)
        serve()
      })
      return 'turn'
    },
  }
}

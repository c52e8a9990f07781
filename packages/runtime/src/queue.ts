export interface BoundedQueue<T> extends AsyncIterable<T> {
  /** False when the queue is full or closed: the caller decides what a full queue means. */
  push(item: T): boolean
  /** Items already in the queue are still delivered; the iteration ends after them. */
  close(): void
  /** Drops what is queued and makes the iteration throw `reason`. */
  fail(reason: unknown): void
  readonly size: number
}

export interface BoundedQueueOptions<T> {
  readonly capacity: number
  /** What one item weighs against `capacity`, for example its milliseconds of audio; 1 by default. */
  readonly weigh?: (item: T) => number
}

/** One producer's pushes as one consumer's iteration, with a bound. */
export function createBoundedQueue<T>({
  capacity,
  weigh = () => 1,
}: BoundedQueueOptions<T>): BoundedQueue<T> {
  const items: T[] = []
  let weight = 0
  let state: { kind: 'open' | 'closed' } | { kind: 'failed'; reason: unknown } = { kind: 'open' }
  let wake: (() => void) | undefined
  const notify = () => {
    wake?.()
    wake = undefined
  }
  return {
    push(item) {
      if (state.kind !== 'open' || weight + weigh(item) > capacity) return false
      items.push(item)
      weight += weigh(item)
      notify()
      return true
    },
    close() {
      if (state.kind === 'open') state = { kind: 'closed' }
      notify()
    },
    fail(reason) {
      if (state.kind === 'failed') return
      items.length = 0
      weight = 0
      state = { kind: 'failed', reason }
      notify()
    },
    get size() {
      return items.length
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const item = items.shift()
        if (item !== undefined) {
          weight -= weigh(item)
          yield item
        } else if (state.kind === 'failed') {
          throw state.reason
        } else if (state.kind === 'closed') {
          return
        } else {
          await new Promise<void>((resolve) => {
            wake = resolve
          })
        }
      }
    },
  }
}

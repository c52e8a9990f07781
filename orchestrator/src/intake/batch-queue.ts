import { setTimeout as sleep } from 'node:timers/promises'

/** Work that was accepted and is done soon, in order, in batches. */
export interface BatchQueue<T> {
  /** False when it is full: the sender has to come again. Never waits. */
  push(item: T): boolean
  /** Resolves when nothing is left, or after `timeoutMs`. */
  drain(options: { timeoutMs: number }): Promise<void>
  close(): void
  readonly size: number
}

export interface BatchQueueOptions<T> {
  readonly capacity: number
  readonly batchSize: number
  readonly run: (batch: readonly T[]) => Promise<void>
  /** A batch was given up. */
  readonly onError: (error: unknown, batch: readonly T[]) => void
}

export function createBatchQueue<T>(options: BatchQueueOptions<T>): BatchQueue<T> {
  const { capacity, batchSize, run, onError } = options
  let waiting: T[] = []
  let running: Promise<void> | undefined
  let inFlight = 0
  let isClosed = false

  const work = async () => {
    await undefined // what arrives in the same tick goes out in the same batch
    while (waiting.length > 0 && !isClosed) {
      const batch = waiting.slice(0, batchSize)
      waiting = waiting.slice(batchSize)
      inFlight = batch.length
      try {
        await run(batch)
      } catch (error) {
        onError(error, batch)
      }
      inFlight = 0
    }
    running = undefined
  }

  return {
    push(item) {
      if (isClosed || waiting.length + inFlight >= capacity) return false
      waiting.push(item)
      running ??= work() // cannot reject: `run` is the only thing in it that may throw
      return true
    },
    async drain({ timeoutMs }) {
      if (!running) return
      const stop = new AbortController()
      const late = sleep(timeoutMs, undefined, { signal: stop.signal }).catch(() => {}) // drained in time
      await Promise.race([running, late])
      stop.abort()
    },
    close() {
      isClosed = true
      waiting = []
    },
    get size() {
      return waiting.length + inFlight
    },
  }
}

import { setTimeout as sleep } from 'node:timers/promises'

export interface BackgroundWriter<T> {
  /** False when the bound is reached and the entry is lost. Never waits. */
  push(entry: T): boolean
  /** Resolves when everything pushed so far is written, or `timeoutMs` has passed; false in that case. */
  flush(options: { timeoutMs: number }): Promise<boolean>
  close(): void
  readonly size: number
  /** False from a failed write until the next one that succeeds. */
  readonly isHealthy: boolean
}

export interface BackgroundWriterOptions<T> {
  readonly capacity: number
  readonly batchSize: number
  /** Writes a batch in order. It is called again with the same entries when it throws, so it must be idempotent. */
  readonly write: (batch: readonly T[]) => Promise<void>
  /** `waiting` is everything not yet written, the failed batch first. */
  readonly onError: (error: unknown, waiting: readonly T[]) => void
  readonly retryDelayMs: { readonly first: number; readonly max: number }
}

/** Writes what nobody waits for, in order, and keeps trying while the other side is away. */
export function createBackgroundWriter<T>(
  options: BackgroundWriterOptions<T>,
): BackgroundWriter<T> {
  const { capacity, batchSize, write, onError, retryDelayMs } = options
  let entries: T[] = []
  const closing = new AbortController()
  const idle = new Set<() => void>()
  let isRunning = false
  let isHealthy = true

  const run = async () => {
    let delayMs = retryDelayMs.first
    // What is pushed in one go is written in one go.
    await Promise.resolve()
    while (entries.length > 0 && !closing.signal.aborted) {
      const batch = entries.slice(0, batchSize)
      try {
        await write(batch)
        entries = entries.slice(batch.length)
        delayMs = retryDelayMs.first
        isHealthy = true
      } catch (error) {
        isHealthy = false
        onError(error, entries)
        // An abort means closing: the loop's condition ends it.
        await sleep(delayMs, undefined, { signal: closing.signal, ref: false }).catch(() => {})
        delayMs = Math.min(retryDelayMs.max, delayMs * 2)
      }
    }
    isRunning = false
    for (const wake of idle) wake()
    idle.clear()
  }

  return {
    push(entry) {
      if (closing.signal.aborted || entries.length >= capacity) return false
      entries.push(entry)
      if (!isRunning) {
        isRunning = true
        void run() // cannot reject: `write` is the only thing in it that may throw
      }
      return true
    },
    async flush({ timeoutMs }) {
      if (!isRunning) return true
      const timer = new AbortController()
      const emptied = new Promise<boolean>((resolve) => idle.add(() => resolve(true)))
      const late = sleep(timeoutMs, false, { signal: timer.signal }).catch(() => false)
      const isEmpty = await Promise.race([emptied, late])
      timer.abort()
      return isEmpty
    },
    close() {
      closing.abort()
    },
    get size() {
      return entries.length
    },
    get isHealthy() {
      return isHealthy
    },
  }
}

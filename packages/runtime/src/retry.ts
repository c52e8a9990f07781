import { setTimeout as sleep } from 'node:timers/promises'

export interface RetryOptions {
  readonly attempts: number
  readonly baseDelayMs: number
  readonly maxDelayMs?: number
  readonly isRetryable?: (error: unknown) => boolean
  readonly signal?: AbortSignal
}

/** Tries again with full jitter and doubling delays. Abort is thrown at once and is not an attempt that failed. */
export async function retry<T>(
  run: (attempt: number) => Promise<T>,
  options: RetryOptions,
): Promise<T> {
  const { attempts, baseDelayMs, maxDelayMs = 10_000, isRetryable = () => true, signal } = options
  for (let attempt = 1; ; attempt += 1) {
    signal?.throwIfAborted()
    try {
      return await run(attempt)
    } catch (error) {
      signal?.throwIfAborted()
      if (attempt >= attempts || !isRetryable(error)) throw error
      const ceilingMs = Math.min(maxDelayMs, baseDelayMs * 2 ** (attempt - 1))
      await sleep(Math.random() * ceilingMs, undefined, signal ? { signal } : {})
    }
  }
}

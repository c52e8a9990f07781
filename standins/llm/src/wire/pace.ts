import { setTimeout as sleep } from 'node:timers/promises'

export interface Pace {
  readonly ttftMs: number
  readonly tokensPerSecond: number
}

/**
 * Waits until token `index` (from 0) of a generation begun at `startedAt` (monotonic ms) is due. Due times are
 * absolute, so that late timers do not add up.
 * @throws {Error} `AbortError` when the signal aborts
 */
export async function untilDue(
  index: number,
  options: { pace: Pace; startedAt: number; signal: AbortSignal },
): Promise<void> {
  const { pace, startedAt, signal } = options
  signal.throwIfAborted()
  const dueAt = startedAt + pace.ttftMs + (index * 1000) / pace.tokensPerSecond
  const waitMs = dueAt - performance.now()
  if (waitMs >= 1) await sleep(waitMs, undefined, { signal })
}

/**
 * Never resolves.
 * @throws {Error} the signal's reason when it aborts
 */
export function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason)
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
}

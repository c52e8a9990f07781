import { setTimeout as sleep } from 'node:timers/promises'
import type { TransferQueue } from './queue.ts'

export interface QueueWait {
  readonly queue: string
  readonly call: { readonly id: string; readonly since: number }
  readonly maxWaitMs: number
  /** When the target may be asked again, epoch milliseconds. */
  readonly notBefore: number
}

export interface QueueWaitDeps {
  readonly queue: TransferQueue
  /** Called once, when the call really waits. */
  readonly onWaiting: () => Promise<void>
  /** Told when the place has changed, and again after a while. */
  readonly onPlace: (place: number) => void
  readonly onError: (error: unknown) => void
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly pollMs?: number
}

const tellAgainMs = 30_000

/**
 * Waits until it is this call's turn to ask the target. Without Redis nobody is known to be before it.
 * @throws the reason of `signal`
 */
export async function waitInQueue(
  { queue: name, call, maxWaitMs, notBefore }: QueueWait,
  { queue, onWaiting, onPlace, onError, now, pollMs = 1000 }: QueueWaitDeps,
  { signal }: { signal: AbortSignal },
): Promise<'turn' | 'timeout'> {
  let told: { place: number; at: number } | undefined
  for (;;) {
    const place = await queue.place(name, call).catch((error: unknown) => {
      onError(error)
      return 1
    })
    signal.throwIfAborted()
    if (place <= 1 && now() >= notBefore) return 'turn'
    if (now() - call.since >= maxWaitMs) return 'timeout'
    if (!told) await onWaiting()
    if (told?.place !== place || now() - told.at >= tellAgainMs) {
      onPlace(place)
      told = { place, at: now() }
    }
    await sleep(pollMs, undefined, { signal })
  }
}

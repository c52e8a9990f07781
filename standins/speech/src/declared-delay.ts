import { setTimeout as sleep } from 'node:timers/promises'

/**
 * Waits until `ms` have passed since `since` (`performance.now()`): an answer that is made sooner comes when it was
 * declared, one that takes longer comes late. Ends early, without a word, when `signal` aborts.
 */
export async function untilDeclared(
  since: number,
  { ms, signal }: { ms: number; signal: AbortSignal },
): Promise<void> {
  const leftMs = ms - (performance.now() - since)
  // Rounded up, since a timer may fire up to a millisecond early.
  if (leftMs > 0) await sleep(Math.ceil(leftMs) + 1, undefined, { signal }).catch(() => {}) // who asked has gone
}

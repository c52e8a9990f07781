import { setTimeout as sleep } from 'node:timers/promises'

const pollMs = 50

/**
 * Asks again until the answer is there, for what cannot tell by itself that it has changed.
 * @throws {Error} `what` did not happen in time
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | undefined> | T | undefined,
  { timeoutMs = 30_000 }: { timeoutMs?: number } = {},
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const answer = await ask()
    if (answer !== undefined) return answer
    if (performance.now() > deadline) throw new Error(`${what}: not within ${timeoutMs} ms`)
    await sleep(pollMs)
  }
}

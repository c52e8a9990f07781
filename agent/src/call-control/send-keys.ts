import { setTimeout as sleep } from 'node:timers/promises'

/** livekit-sip sounds 250 ms per key and 250 ms of silence after it (measured); faster keys would be lost. */
const keyMs = 500
/** What a comma in a dialled number stands for. */
const pauseMs = 2000

const keys = '0123456789*#ABCD'

/** The RFC 4733 event code of a key. */
export function toKeyCode(key: string): number {
  return keys.indexOf(key.toUpperCase())
}

/**
 * Presses keys one after the other; resolves when the last has sounded. `,` is a pause.
 * @throws the reason of `signal`, and what `publish` throws
 */
export async function sendKeys(
  digits: string,
  {
    publish,
    signal,
    wait = (ms) => sleep(ms, undefined, { signal }),
  }: {
    publish: (code: number, key: string) => Promise<void>
    signal: AbortSignal
    wait?: (ms: number) => Promise<unknown>
  },
): Promise<void> {
  for (const digit of digits) {
    signal.throwIfAborted()
    if (digit !== ',') await publish(toKeyCode(digit), digit.toUpperCase())
    await wait(digit === ',' ? pauseMs : keyMs)
  }
}

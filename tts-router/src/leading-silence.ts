import type { Pcm } from './engines/engine.ts'

/** −45 dB below full scale: what a telephone's caller begins to hear. Line noise lies 15 dB lower. */
const onsetLevel = 32_768 * 10 ** (-45 / 20)
const windowMs = 5
/** Kept before the first sound: an onset begins softer than it goes on. */
const keptMs = 10

/**
 * Leaves out the silence that an engine begins with, 50 to 250 ms of waiting in every reply. Audio that is silent from
 * end to end passes whole.
 */
export async function* trimLeadingSilence(
  audio: AsyncIterable<Pcm>,
  { sampleRateHz }: { sampleRateHz: number },
): AsyncGenerator<Pcm> {
  const windowBytes = Math.round((sampleRateHz * windowMs) / 1000) * 2
  const keptBytes = Math.round((sampleRateHz * keptMs) / 1000) * 2
  let held: Buffer | undefined = Buffer.alloc(0)
  let looked = 0
  for await (const chunk of audio) {
    if (!held) {
      yield chunk
      continue
    }
    held = Buffer.concat([held, chunk])
    for (; looked + windowBytes <= held.length; looked += windowBytes) {
      if (isSilent(held.subarray(looked, looked + windowBytes))) continue
      yield held.subarray(Math.max(0, looked - keptBytes))
      held = undefined
      break
    }
  }
  if (held?.length) yield held
}

function isSilent(window: Buffer): boolean {
  let energy = 0
  for (let at = 0; at + 1 < window.length; at += 2) energy += window.readInt16LE(at) ** 2
  return energy / (window.length / 2) < onsetLevel ** 2
}

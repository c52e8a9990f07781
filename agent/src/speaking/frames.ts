import { fadeIn, fadeOut, rampSamples } from './ramp.ts'

/** Samples of one frame given to the room: 20 ms at 24 kHz. */
export const frameSamples = 480
export const frameMs = 20

/**
 * Cuts s16le PCM in pieces of any size into frames of 20 ms, each with a buffer of its own; the last is filled up
 * with silence. The sound begins from silence and ends in it, also where `pcm` throws in the middle: a voice that
 * is cut off hard clicks. A frame comes as soon as there is a ramp's length of audio behind it.
 */
export async function* toFrames(
  pcm: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Int16Array> {
  const held = new Int16Array(frameSamples + rampSamples)
  const bytes = new Uint8Array(held.buffer)
  let filled = 0
  let isFirst = true
  const takeFrame = () => {
    const frame = held.slice(0, frameSamples)
    held.copyWithin(0, frameSamples)
    held.fill(0, rampSamples)
    filled -= frameSamples * 2
    if (isFirst) fadeIn(frame)
    isFirst = false
    return frame
  }
  let failure: { readonly error: unknown } | undefined
  try {
    for await (const piece of pcm) {
      for (let offset = 0; offset < piece.byteLength; ) {
        const taken = Math.min(bytes.byteLength - filled, piece.byteLength - offset)
        bytes.set(piece.subarray(offset, offset + taken), filled)
        offset += taken
        filled += taken
        if (filled === bytes.byteLength) yield takeFrame()
      }
    }
  } catch (error) {
    failure = { error }
  }
  const samples = filled >> 1 // half a sample at the very end is none
  held.fill(0, samples)
  fadeOut(held.subarray(0, samples))
  for (filled = samples * 2; filled > 0; ) yield takeFrame()
  if (failure) throw failure.error
}

import type { Beep } from './answer.ts'

/** Follows the callee's audio and tells of each pure tone when it is over. */
export interface BeepFinder {
  /** 16-bit PCM as it comes; returns the tones that have ended in it. */
  push(pcm: Int16Array): readonly Beep[]
}

const lowestHz = 400
const highestHz = 2000
const stepHz = 25
const windowMs = 40
const hopMs = 20
/** Shorter ones are keys and clicks. */
const shortestMs = 150
/** Share of a window's power that lies in one tone. A sung vowel has a fifth, hum and hiss less. */
const purity = 0.8
const quietestDbfs = -42
/** A tone that glides further between two windows is a whistle or a voice. */
const glideHz = 30

/**
 * Finds the beep of an answering machine: one tone of 400 to 2000 Hz for at least 150 ms, by Goertzel's algorithm at
 * steps of 25 Hz over windows of 40 ms. Times are those of the audio from the first sample pushed, plus `startMs`.
 */
export function createBeepFinder({
  sampleRateHz,
  startMs = 0,
}: {
  sampleRateHz: number
  startMs?: number
}): BeepFinder {
  const size = (sampleRateHz * windowMs) / 1000
  const hop = (sampleRateHz * hopMs) / 1000
  const shape = Float64Array.from(
    { length: size },
    (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * (index + 0.5)) / size),
  )
  const total = shape.reduce((sum, weight) => sum + weight, 0)
  const power = shape.reduce((sum, weight) => sum + weight ** 2, 0)
  const held = new Int16Array(size)
  const shaped = new Float64Array(size)
  let filled = 0
  let consumed = 0
  let tone: { startMs: number; hertz: number; endMs: number } | undefined

  /** The window's tone, when it is one. */
  const findTone = (): number | undefined => {
    let energy = 0
    for (let index = 0; index < size; index += 1) {
      const value = (held[index] ?? 0) * (shape[index] ?? 0)
      shaped[index] = value
      energy += value * value
    }
    if (10 * Math.log10(energy / power / 32768 ** 2) < quietestDbfs) return undefined
    let [best, bestHz] = [0, 0]
    const look = (hertz: number) => {
      const strength = goertzel(shaped, hertz / sampleRateHz)
      if (strength > best) [best, bestHz] = [strength, hertz]
    }
    for (let hertz = lowestHz; hertz <= highestHz; hertz += stepHz) look(hertz)
    // Between two steps a tone loses up to 1.4 dB, which would make it look impure.
    const nearest = bestHz
    for (const offset of [-12, -8, -4, 4, 8, 12]) look(nearest + offset)
    return (2 * best * power) / (energy * total ** 2) >= purity ? bestHz : undefined
  }

  const step = (): Beep | undefined => {
    const hertz = findTone()
    const endMs = startMs + (consumed * 1000) / sampleRateHz
    const before = tone
    if (hertz !== undefined && before && Math.abs(hertz - before.hertz) <= glideHz) {
      tone = { ...before, endMs }
      return undefined
    }
    tone = hertz === undefined ? undefined : { startMs: endMs - windowMs, hertz, endMs }
    return before && before.endMs - before.startMs >= shortestMs ? before : undefined
  }

  return {
    push(pcm) {
      const beeps: Beep[] = []
      for (let offset = 0; offset < pcm.length; ) {
        const piece = pcm.subarray(offset, offset + size - filled)
        held.set(piece, filled)
        filled += piece.length
        consumed += piece.length
        offset += piece.length
        if (filled < size) break
        const beep = step()
        if (beep) beeps.push(beep)
        held.copyWithin(0, hop)
        filled = size - hop
      }
      return beeps
    },
  }
}

/** Squared magnitude of one frequency, given in cycles a sample. */
function goertzel(samples: Float64Array, frequency: number): number {
  const factor = 2 * Math.cos(2 * Math.PI * frequency)
  let [one, two] = [0, 0]
  for (let index = 0; index < samples.length; index += 1) {
    const next = (samples[index] ?? 0) + factor * one - two
    two = one
    one = next
  }
  return one * one + two * two - factor * one * two
}

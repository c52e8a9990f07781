import { speechSampleRateHz } from '../speaking/synthesizer.ts'

/** The tones that say everywhere that a call cannot be completed (special information tone, ITU-T E.180). */
const tonesHz = [950, 1400, 1800]
const toneMs = 330
const gapMs = 1000
const repeats = 2
const amplitude = 6000

/** What is left when no word is on disk, as s16le mono PCM: better than silence. */
export function createWarningTone(): Uint8Array {
  const perMs = speechSampleRateHz / 1000
  const roundMs = tonesHz.length * toneMs + gapMs
  const samples = new Int16Array(repeats * roundMs * perMs)
  for (let round = 0; round < repeats; round += 1) {
    for (const [place, hertz] of tonesHz.entries()) {
      const start = (round * roundMs + place * toneMs) * perMs
      for (let index = 0; index < toneMs * perMs; index += 1) {
        const angle = (2 * Math.PI * hertz * index) / speechSampleRateHz
        samples[start + index] = Math.round(amplitude * Math.sin(angle))
      }
    }
  }
  return new Uint8Array(samples.buffer)
}

import { speechSampleRateHz } from '../speaking/synthesizer.ts'

/**
 * A small piece of our own making, so that it needs nobody's licence: broken chords, two bars each, in the band that a
 * telephone carries well. Frequencies in hertz.
 */
const chordsHz: readonly (readonly number[])[] = [
  [392.0, 493.88, 587.33, 783.99], // G
  [329.63, 392.0, 493.88, 659.26], // E minor
  [440.0, 523.25, 659.26, 880.0], // A minor
  [369.99, 440.0, 587.33, 739.99], // D
]
/** Which note of the chord comes when. */
const pattern = [0, 2, 1, 3, 2, 1, 2, 1] as const
const noteMs = 320
/** Notes ring on into the next ones. */
const ringMs = 900
const attackMs = 12
const amplitude = 2600
/** A little of the octave above makes it a string and not a test tone. */
const overtone = 0.25

/** One round of it, as mono samples at `speechSampleRateHz`; its end leads into its beginning. */
export function composeHoldTune(): Int16Array {
  const perMs = speechSampleRateHz / 1000
  const notes = chordsHz.flatMap((chord) => pattern.map((note) => chord[note] ?? 0))
  const mix = new Float64Array(notes.length * noteMs * perMs)
  const length = ringMs * perMs
  for (const [place, hertz] of notes.entries()) {
    const start = place * noteMs * perMs
    for (let index = 0; index < length; index += 1) {
      const at = (start + index) % mix.length
      mix[at] = (mix[at] ?? 0) + pluck(hertz, index / perMs)
    }
  }
  return Int16Array.from(mix, (value) => Math.round(value))
}

/** A note `ms` after it was struck. */
function pluck(hertz: number, ms: number): number {
  const angle = (2 * Math.PI * hertz * ms) / 1000
  const attack = Math.min(1, ms / attackMs)
  const release = Math.max(0, 1 - ms / ringMs)
  const envelope = attack * release * Math.exp(-ms / 350)
  return amplitude * envelope * (Math.sin(angle) + overtone * Math.sin(2 * angle))
}

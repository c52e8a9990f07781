import { speechSampleRateHz } from './synthesizer.ts'

/** Length of a ramp at the edges of sound: long enough not to click, too short to be heard as a fade. */
export const rampMs = 6
export const rampSamples = (rampMs * speechSampleRateHz) / 1000

/** Raised cosine from 0 to 1. */
const ramp = Float32Array.from(
  { length: rampSamples },
  (_, index) => 0.5 - 0.5 * Math.cos((Math.PI * (index + 0.5)) / rampSamples),
)

/** Lets sound begin from silence. Changes `samples`. */
export function fadeIn(samples: Int16Array): void {
  const count = Math.min(rampSamples, samples.length)
  for (let index = 0; index < count; index += 1) {
    samples[index] = Math.round((samples[index] ?? 0) * (ramp[index] ?? 1))
  }
}

/** Lets sound end in silence at the end of `samples`, which are changed. */
export function fadeOut(samples: Int16Array): void {
  const count = Math.min(rampSamples, samples.length)
  for (let index = 0; index < count; index += 1) {
    const place = samples.length - 1 - index
    samples[place] = Math.round((samples[place] ?? 0) * (ramp[index] ?? 1))
  }
}

import { createSpectrum } from './spectrum.ts'

const binHz = 31.25
/** What telephones carry of a tune. */
const lowestBin = 7
const highestBin = 108
const mostPeaks = 6
/** Fainter ones are ripples of the others. */
const leastOfLargest = 0.01
/** Compared with what was there so many windows (of 32 ms) before: a note lasts, a voice glides. */
const lookBack = 4
const sameNoteHz = 10

interface Peak {
  readonly hertz: number
  readonly weight: number
}

/** How much of each window is made of tones that were there 128 ms ago, 0 to 1: high for music, low for voices. */
export function createTonality(): (samples: Int16Array) => number {
  const toSpectrum = createSpectrum()
  const before: (readonly Peak[])[] = []
  return (samples) => {
    const peaks = findPeaks(toSpectrum(samples))
    before.push(peaks)
    if (before.length <= lookBack) return 0
    const earlier = before.shift() ?? []
    const whole = peaks.reduce((sum, { weight }) => sum + weight, 0)
    if (whole === 0) return 0
    const lasting = peaks.filter(({ hertz }) =>
      earlier.some((peak) => Math.abs(peak.hertz - hertz) < sameNoteHz),
    )
    return lasting.reduce((sum, { weight }) => sum + weight, 0) / whole
  }
}

function findPeaks(spectrum: Float32Array): readonly Peak[] {
  const at = (bin: number) => spectrum[bin] ?? 0
  const peaks: Peak[] = []
  for (let bin = lowestBin; bin <= highestBin; bin += 1) {
    if (at(bin) <= at(bin - 1) || at(bin) < at(bin + 1) || at(bin) === 0) continue
    // A parabola through the logarithms finds the tone between the bins.
    const [left, top, right] = [at(bin - 1), at(bin), at(bin + 1)].map((power) =>
      Math.log(power + 1),
    )
    const curve = (left ?? 0) - 2 * (top ?? 0) + (right ?? 0)
    const offset = curve === 0 ? 0 : (0.5 * ((left ?? 0) - (right ?? 0))) / curve
    peaks.push({ hertz: (bin + offset) * binHz, weight: at(bin) })
  }
  const largest = peaks.toSorted((one, other) => other.weight - one.weight).slice(0, mostPeaks)
  const least = (largest[0]?.weight ?? 0) * leastOfLargest
  return largest
    .filter(({ weight }) => weight >= least)
    .map(({ hertz, weight }) => ({ hertz, weight: Math.sqrt(weight) }))
}

/** Lets through what is below the new Nyquist frequency, and keeps its state between pieces. */
export interface Decimator {
  /** Every `factor`-th sample of the filtered signal; pieces may be of any length. */
  push(samples: Int16Array): Float32Array
}

const tapsPerFactor = 8

/** Windowed sinc at 85 % of the new Nyquist frequency. */
function createTaps(factor: number): Float32Array {
  const count = factor * tapsPerFactor + 1
  const middle = (count - 1) / 2
  const cutoff = 0.85 / factor
  const taps = Float32Array.from({ length: count }, (_, index) => {
    const x = index - middle
    const sinc = x === 0 ? cutoff : Math.sin(Math.PI * cutoff * x) / (Math.PI * x)
    return sinc * (0.5 - 0.5 * Math.cos((2 * Math.PI * (index + 0.5)) / count))
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return taps.map((tap) => tap / sum)
}

export function createDecimator(factor: number): Decimator {
  const taps = createTaps(factor)
  const history = taps.length - 1
  let held = new Float32Array(history)
  /** Samples to be skipped before the next one is taken. */
  let phase = 0
  return {
    push(samples) {
      const input = new Float32Array(history + samples.length)
      input.set(held)
      input.set(samples, history)
      held = input.slice(samples.length)
      const out = new Float32Array(Math.max(0, Math.ceil((samples.length - phase) / factor)))
      let written = 0
      let position = phase
      for (; position < samples.length; position += factor) {
        let sum = 0
        for (let tap = 0; tap < taps.length; tap += 1) {
          sum += (taps[tap] ?? 0) * (input[position + tap] ?? 0)
        }
        out[written] = sum
        written += 1
      }
      phase = position - samples.length
      return out
    },
  }
}

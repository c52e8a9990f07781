/**
 * One sub-band of ITU-T G.722's adaptive differential PCM: the logarithmic step size and the predictor with two poles
 * and six zeros (blocks 3 and 4 of the recommendation, in its 16-bit arithmetic). Encoder and decoder run the same.
 */
export interface AdpcmBand {
  /** What the predictor expects next. */
  readonly estimate: number
  /** The quantizer's step size. */
  readonly step: number
  /** Takes the quantized difference and the table's multiplier for its code word. */
  adapt(difference: number, multiplier: number): void
}

interface BandLimits {
  /** Step size before anything was heard. */
  readonly step: number
  /** Upper bound of the logarithmic step. */
  readonly maxLogStep: number
  /** The shift of the step's exponent: 8 in the lower band, 10 in the higher one. */
  readonly shift: number
}

export const lowBand: BandLimits = { step: 32, maxLogStep: 18432, shift: 8 }
export const highBand: BandLimits = { step: 8, maxLogStep: 22528, shift: 10 }

/** 2048 · 2^(i/32): the mantissas of the step size (table ILB). */
const mantissas = Int16Array.from({ length: 32 }, (_, index) =>
  Math.round(2048 * 2 ** (index / 32)),
)

export function saturate(value: number): number {
  return Math.max(-32768, Math.min(32767, value))
}

const clamp = (value: number, limit: number) => Math.max(-limit, Math.min(limit, value))

export function createAdpcmBand(limits: BandLimits): AdpcmBand {
  const zeros = new Int16Array(6)
  const differences = new Int16Array(6)
  let [pole1, pole2] = [0, 0]
  let [signal1, signal2] = [0, 0]
  let [partial1, partial2] = [0, 0]
  let zeroEstimate = 0
  let logStep = 0
  let { step } = limits
  let estimate = 0

  const adaptPoles = (partial: number) => {
    const agrees1 = partial >> 15 === partial1 >> 15
    const agrees2 = partial >> 15 === partial2 >> 15
    const lean = saturate(pole1 << 2)
    const push = (agrees2 ? 128 : -128) + (Math.min(agrees1 ? -lean : lean, 32767) >> 7)
    pole2 = clamp(push + ((pole2 * 32512) >> 15), 12288)
    const moved = saturate((agrees1 ? 192 : -192) + ((pole1 * 32640) >> 15))
    pole1 = clamp(moved, saturate(15360 - pole2))
  }

  const adaptZeros = (difference: number) => {
    const gain = difference === 0 ? 0 : 128
    for (let tap = 5; tap >= 0; tap -= 1) {
      const past = differences[tap] ?? 0
      const agrees = past >> 15 === difference >> 15
      zeros[tap] = saturate((agrees ? gain : -gain) + (((zeros[tap] ?? 0) * 32640) >> 15))
      differences[tap] = tap === 0 ? difference : (differences[tap - 1] ?? 0)
    }
  }

  const predict = () => {
    let sum = 0
    for (let tap = 5; tap >= 0; tap -= 1) {
      sum += ((zeros[tap] ?? 0) * saturate(2 * (differences[tap] ?? 0))) >> 15
    }
    zeroEstimate = saturate(sum)
    const first = (pole1 * saturate(2 * signal1)) >> 15
    const second = (pole2 * saturate(2 * signal2)) >> 15
    estimate = saturate(saturate(first + second) + zeroEstimate)
  }

  return {
    get estimate() {
      return estimate
    },
    get step() {
      return step
    },
    adapt(difference, multiplier) {
      logStep = Math.max(0, Math.min(limits.maxLogStep, ((logStep * 127) >> 7) + multiplier))
      const mantissa = mantissas[(logStep >> 6) & 31] ?? 0
      const exponent = limits.shift - (logStep >> 11)
      step = (exponent < 0 ? mantissa << -exponent : mantissa >> exponent) << 2

      const partial = saturate(zeroEstimate + difference)
      const signal = saturate(estimate + difference)
      adaptPoles(partial)
      adaptZeros(difference)
      signal2 = signal1
      signal1 = signal
      partial2 = partial1
      partial1 = partial
      predict()
    },
  }
}

import { type AdpcmBand, createAdpcmBand, highBand, lowBand, saturate } from './adpcm-band.ts'

/** What G.722 bytes decode to: the whole band, and the lower one by itself, which is what a narrow phone would hear. */
export interface DecodedG722 {
  /** 16 kHz. */
  readonly wideband: Int16Array
  /** The same time at 8 kHz, sample for sample: the lower sub-band before the bands are joined. */
  readonly narrowband: Int16Array
}

/** Half of the symmetric 24-tap quadrature mirror filter (ITU-T G.722, table 11). */
const mirrorTaps = [3, -11, 12, 32, -210, 951, 3876, -805, 362, -156, 53, -11] as const

/** Decision levels of the lower band's 60-level quantizer, in steps of 1/4096 of the step size (table Q6). */
const decisionLevels = [
  ...[35, 72, 110, 150, 190, 233, 276, 323, 370, 422, 473, 530, 587, 650, 714, 786],
  ...[858, 940, 1023, 1121, 1219, 1339, 1458, 1612, 1765, 1980, 2195, 2557, 2919],
] as const

/** Output levels for the four most significant bits of the lower code word, which drive the predictor (table QM4). */
const coarseLevels = [
  ...[0, -20456, -12896, -8968, -6288, -4240, -2584, -1200],
  ...[20456, 12896, 8968, 6288, 4240, 2584, 1200, 0],
] as const

/** Output levels for all six bits of it (table QM6). */
const fineLevels = [
  ...[-136, -136, -136, -136, -24808, -21904, -19008, -16704],
  ...[-14984, -13512, -12280, -11192, -10232, -9360, -8576, -7856],
  ...[-7192, -6576, -6000, -5456, -4944, -4464, -4008, -3576],
  ...[-3168, -2776, -2400, -2032, -1688, -1360, -1040, -728],
  ...[24808, 21904, 19008, 16704, 14984, 13512, 12280, 11192],
  ...[10232, 9360, 8576, 7856, 7192, 6576, 6000, 5456],
  ...[4944, 4464, 4008, 3576, 3168, 2776, 2400, 2032],
  ...[1688, 1360, 1040, 728, 432, 136, -432, -136],
] as const

/** What the lower band's logarithmic step grows by, for the magnitude in those four bits (tables WL and RL42). */
const lowMultipliers = [
  ...[-60, 3042, 1198, 538, 334, 172, 58, -30],
  ...[3042, 1198, 538, 334, 172, 58, -30, -60],
] as const

/** The higher band's two bits: output levels and step multipliers (tables QM2, WH and RH2). */
const highLevels = [-7408, -1616, 7408, 1616] as const
const highMultipliers = [798, -214, 798, -214] as const
const highDecisionLevel = 564

const magnitudeOf = (difference: number) => (difference < 0 ? ~difference : difference)

function quantizeLow(difference: number, step: number): number {
  const magnitude = magnitudeOf(difference)
  const above = decisionLevels.findIndex((level) => magnitude < (level * step) >> 12)
  const interval = above < 0 ? decisionLevels.length : above
  if (difference >= 0) return 61 - interval
  return interval < 2 ? 63 - interval : 33 - interval
}

function quantizeHigh(difference: number, step: number): number {
  const isLarge = magnitudeOf(difference) >= (highDecisionLevel * step) >> 12
  return (difference < 0 ? 0 : 2) + (isLarge ? 0 : 1)
}

const scale = (step: number, level: number | undefined) => (step * (level ?? 0)) >> 15

function adaptLow(band: AdpcmBand, code: number) {
  band.adapt(scale(band.step, coarseLevels[code >> 2]), lowMultipliers[code >> 2] ?? 0)
}

function adaptHigh(band: AdpcmBand, code: number) {
  band.adapt(scale(band.step, highLevels[code]), highMultipliers[code] ?? 0)
}

/** The mirror filter over the newest 24 values, oldest first: sums over its even and its odd taps. */
function createMirrorFilter(): (first: number, second: number) => readonly [number, number] {
  const held = new Int32Array(24)
  return (first, second) => {
    held.copyWithin(0, 2)
    held[22] = first
    held[23] = second
    let even = 0
    let odd = 0
    for (let tap = 0; tap < 12; tap += 1) {
      odd += (held[2 * tap] ?? 0) * (mirrorTaps[tap] ?? 0)
      even += (held[2 * tap + 1] ?? 0) * (mirrorTaps[11 - tap] ?? 0)
    }
    return [even, odd]
  }
}

/**
 * A G.722 encoder at 64 kbit/s (ITU-T G.722, mode 1): two 16 kHz samples become one byte. It has a memory: one
 * for each stream, and every packet of the stream through it. An odd last sample is left out.
 */
export function createG722Encoder(): (wideband: Int16Array) => Uint8Array {
  const low = createAdpcmBand(lowBand)
  const high = createAdpcmBand(highBand)
  const split = createMirrorFilter()
  return (wideband) => {
    const bytes = new Uint8Array(wideband.length >> 1)
    for (let index = 0; index < bytes.length; index += 1) {
      const [even, odd] = split(wideband[2 * index] ?? 0, wideband[2 * index + 1] ?? 0)
      const lowCode = quantizeLow(saturate(((even + odd) >> 14) - low.estimate), low.step)
      const highCode = quantizeHigh(saturate(((even - odd) >> 14) - high.estimate), high.step)
      adaptLow(low, lowCode)
      adaptHigh(high, highCode)
      bytes[index] = (highCode << 6) | lowCode
    }
    return bytes
  }
}

const limitTo15Bits = (value: number) => Math.max(-16384, Math.min(16383, value))

/** The decoder for it; likewise one for each stream. */
export function createG722Decoder(): (bytes: Uint8Array) => DecodedG722 {
  const low = createAdpcmBand(lowBand)
  const high = createAdpcmBand(highBand)
  const join = createMirrorFilter()
  return (bytes) => {
    const wideband = new Int16Array(2 * bytes.length)
    const narrowband = new Int16Array(bytes.length)
    for (let index = 0; index < bytes.length; index += 1) {
      const lowCode = (bytes[index] ?? 0) & 63
      const highCode = (bytes[index] ?? 0) >> 6
      const lower = limitTo15Bits(low.estimate + scale(low.step, fineLevels[lowCode]))
      const higher = limitTo15Bits(high.estimate + scale(high.step, highLevels[highCode]))
      adaptLow(low, lowCode)
      adaptHigh(high, highCode)
      const [even, odd] = join(lower + higher, lower - higher)
      wideband[2 * index] = saturate(even >> 11)
      wideband[2 * index + 1] = saturate(odd >> 11)
      narrowband[index] = lower << 1
    }
    return { wideband, narrowband }
  }
}

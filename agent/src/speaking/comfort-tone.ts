/** What a caller hears while a tool works, so that the line does not seem dead. */
export interface ComfortTone {
  /** The next `length` samples of 16-bit PCM. */
  next(length: number): Int16Array
  /** Fades out from the next sample on. */
  end(): void
  /** Faded out: nothing but silence follows. */
  readonly isOver: boolean
}

/** A soft fifth, low enough not to be taken for a ringing or busy tone (ITU-T E.180: 400 Hz and above). */
const hertz = [196, 294] as const
/** Of both together, RMS: well below any voice, above the noise of a line. */
const levelDbfs = -35
const fadeInMs = 400
const fadeOutMs = 40
/** It swells and sinks, since an even tone seems a fault. */
const swellMs = 2400
const swellDepth = 0.35

/**
 * Makes it sample by sample; its phase is its own, so that it may be asked for in pieces of any length without a
 * click.
 */
export function createComfortTone({ sampleRateHz }: { sampleRateHz: number }): ComfortTone {
  // Two sines of one amplitude have together the power of one amplitude squared.
  const swellPower = 1 - swellDepth + (3 / 8) * swellDepth ** 2
  const amplitude = (32768 * 10 ** (levelDbfs / 20)) / Math.sqrt(swellPower)
  const toSamples = (ms: number) => (ms * sampleRateHz) / 1000
  let at = 0
  let gain = 0
  let isEnding = false

  return {
    next(length) {
      const pcm = new Int16Array(length)
      const rise = 1 / toSamples(fadeInMs)
      const fall = 1 / toSamples(fadeOutMs)
      for (let index = 0; index < length; index += 1) {
        gain = isEnding ? Math.max(0, gain - fall) : Math.min(1, gain + rise)
        const swell = 1 - (swellDepth / 2) * (1 - Math.cos((2 * Math.PI * at) / toSamples(swellMs)))
        const phase = (2 * Math.PI * at) / sampleRateHz
        const tone = hertz.reduce((sum, one) => sum + Math.sin(phase * one), 0)
        pcm[index] = Math.round(amplitude * gain * swell * tone)
        at += 1
      }
      return pcm
    },
    end() {
      isEnding = true
    },
    get isOver() {
      return isEnding && gain === 0
    },
  }
}

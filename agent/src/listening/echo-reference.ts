import { createDecimator } from './decimator.ts'

/** Our own voice as it was sent, at 4 kHz, by the time at which it was sent. */
export interface EchoReference {
  /** Samples of `rateHz` that ended at `endedAt`, on the clock of `read`. */
  sent(samples: Int16Array, endedAt: number): void
  /** `length` samples from `from` on; silence where nothing was sent. Undefined when all of it is silence. */
  read(from: number, length: number): Float32Array | undefined
}

export const echoRateHz = 4000
const samplesPerMs = echoRateHz / 1000
/** Times of single frames are known to some milliseconds only; a true gap is longer. */
const jitterMs = 15

export function createEchoReference({
  rateHz,
  keepMs,
}: {
  rateHz: number
  keepMs: number
}): EchoReference {
  const size = keepMs * samplesPerMs
  const ring = new Float32Array(size)
  let decimator = createDecimator(rateHz / echoRateHz)
  /** Where the next sample goes, counted since the beginning. */
  let end = 0
  let endAt = 0
  let lastSentAt = Number.NEGATIVE_INFINITY

  const append = (samples: Float32Array) => {
    for (const sample of samples) {
      ring[end % size] = sample
      end += 1
    }
  }
  return {
    sent(samples, endedAt) {
      const startedAt = endedAt - (samples.length * 1000) / rateHz
      const gapMs = startedAt - endAt
      if (Math.abs(gapMs) > jitterMs) {
        decimator = createDecimator(rateHz / echoRateHz)
        const silence = Math.min(size, Math.max(0, Math.round(gapMs * samplesPerMs)))
        append(new Float32Array(silence))
        endAt = startedAt
      }
      const kept = decimator.push(samples)
      append(kept)
      endAt += kept.length / samplesPerMs
      lastSentAt = endedAt
    },
    read(from, length) {
      if (lastSentAt < from) return undefined
      const start = end - Math.round((endAt - from) * samplesPerMs)
      const samples = new Float32Array(length)
      const oldest = Math.max(0, end - size)
      for (let index = 0; index < length; index += 1) {
        const position = start + index
        if (position >= oldest && position < end) samples[index] = ring[position % size] ?? 0
      }
      return samples
    },
  }
}

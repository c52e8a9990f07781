export interface Resampler {
  /** What can be said already of the output; the newest few milliseconds wait for what follows. */
  push(pcm: Int16Array): Int16Array
  /** The rest of the output. Nothing may be pushed after it. */
  flush(): Int16Array
}

/** Zero crossings of the sinc on each side: 16 keep aliases below −60 dB for speech. */
const crossings = 16
/** Share of the band that passes; the rest is where the filter falls. */
const passBand = 0.92

/**
 * Changes the rate of a stream by a windowed sinc in polyphase form. Chunk borders leave no trace, output sample
 * n lies at input time n / `toHz`, and the output is as long as the input, rounded up.
 */
export function createResampler({ fromHz, toHz }: { fromHz: number; toHz: number }): Resampler {
  if (fromHz === toHz) return { push: (pcm) => pcm, flush: () => new Int16Array() }
  const divisor = greatestCommonDivisor(fromHz, toHz)
  const up = toHz / divisor
  const down = fromHz / divisor
  const half = Math.ceil(crossings * Math.max(1, fromHz / toHz))
  const phases = Array.from({ length: up }, (_, phase) =>
    designPhase(phase / up, half, passBand * Math.min(1, toHz / fromHz)),
  )
  // `held[i]` is input sample `first + i`; `half` zeros stand before the stream's beginning.
  let held = new Int16Array(half)
  let first = -half
  let produced = 0
  let received = 0

  const run = (pcm: Int16Array, limit: number): Int16Array => {
    const joined = new Int16Array(held.length + pcm.length)
    joined.set(held)
    joined.set(pcm, held.length)
    const end = first + joined.length
    const ready = Math.max(
      produced,
      Math.min(limit, Math.floor(((end - half - 1) * up) / down) + 1),
    )
    const output = new Int16Array(ready - produced)
    for (let index = 0; index < output.length; index += 1) {
      const position = (produced + index) * down
      const centre = Math.floor(position / up)
      const taps = phases[position % up] ?? new Float64Array()
      const start = centre - half - first
      let sum = 0
      for (let tap = 0; tap < taps.length; tap += 1) {
        sum += (taps[tap] ?? 0) * (joined[start + tap] ?? 0)
      }
      output[index] = Math.max(-32768, Math.min(32767, Math.round(sum)))
    }
    produced = ready
    const keepFrom = Math.max(0, Math.floor((produced * down) / up) - half - first)
    held = joined.slice(keepFrom)
    first += keepFrom
    return output
  }

  return {
    push(pcm) {
      received += pcm.length
      return run(pcm, Number.POSITIVE_INFINITY)
    },
    flush: () => run(new Int16Array(half + 1), Math.ceil((received * up) / down)),
  }
}

/** A whole piece of audio at another rate. */
export function resample(pcm: Int16Array, rates: { fromHz: number; toHz: number }): Int16Array {
  const resampler = createResampler(rates)
  return concatPcm([resampler.push(pcm), resampler.flush()])
}

/** Pieces of audio as one. */
export function concatPcm(pieces: readonly Int16Array[]): Int16Array {
  const whole = new Int16Array(pieces.reduce((length, piece) => length + piece.length, 0))
  let offset = 0
  for (const piece of pieces) {
    whole.set(piece, offset)
    offset += piece.length
  }
  return whole
}

/** Taps for inputs centre − half … centre + half of an output that lies `fraction` after the centre. */
function designPhase(fraction: number, half: number, cutoff: number): Float64Array {
  const taps = Float64Array.from({ length: 2 * half + 1 }, (_, tap) => {
    const distance = tap - half - fraction
    return cutoff * sinc(cutoff * distance) * blackman(distance / (half + 1))
  })
  const sum = taps.reduce((total, tap) => total + tap, 0)
  return taps.map((tap) => tap / sum)
}

function sinc(x: number): number {
  return x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x)
}

function blackman(x: number): number {
  if (Math.abs(x) >= 1) return 0
  return 0.42 + 0.5 * Math.cos(Math.PI * x) + 0.08 * Math.cos(2 * Math.PI * x)
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b)
}

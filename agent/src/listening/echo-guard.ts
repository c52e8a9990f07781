import { createDecimator } from './decimator.ts'
import { createDelayVotes } from './delay-votes.ts'
import { createEchoReference, echoRateHz } from './echo-reference.ts'
import { fitFilter } from './least-squares.ts'

/**
 * Tells our own voice, come back by a speakerphone or a line, from the caller's. Pure but for what it remembers.
 * Takes 1 % of a core while we speak (measured), and nothing otherwise.
 */
export interface EchoGuard {
  /** Our voice as it was sent to the room: s16le mono of `sentRateHz` that ended at `endedAt`. */
  sent(samples: Int16Array, endedAt: number): void
  /**
   * Share of the power of the caller's last window that our own voice explains, 0 to 1. 16 kHz mono, ended at `at`,
   * on the same clock; all audio has to pass here, in order.
   */
  shareOf(samples: Int16Array, at: number): number
  /** The delay at which our voice comes back, in ms; undefined while it is not known to. */
  readonly delayMs: number | undefined
}

export interface EchoGuardOptions {
  readonly sentRateHz: number
  readonly receivedRateHz?: number
  /** Longest way from our source to the caller's ear and back. */
  readonly maxDelayMs?: number
}

const samplesPerMs = echoRateHz / 1000
/** Compared with what was sent: long enough to tell voices apart, short against a change of the line. */
const spanMs = 128
const span = spanMs * samplesPerMs
/** A hybrid and a small room, with the slack of the delay that was found. */
const taps = 24
const tapsBefore = 8
/** Speech of others correlates by chance, too; at a delay that stays the same it does not. */
const voteFrom = 0.2
/**
 * Speech of others is less alike than this (0.55 at most, measured with five voices over 2,000 windows). In a room the
 * delay moves with every change of a jitter buffer, and votes would come too late.
 */
const certainFrom = 0.62
/** Below this the window is silence: −66 dB. */
const quietAmplitude = 16
/** The delay is looked for in every so many windows once it is known. */
const lookEvery = 4
/** A caller who is louder than our voice was is no echo of it, nor who is far louder than the echo has been so far. */
const maxGain = 2
const maxGainRise = 4
/** Less of it explained, and the delay may be another one. */
const knownFrom = 0.5
/** Windows that are nearly all echo teach how loud it is. */
const teachesFrom = 0.8
const learningRate = 0.1

export function createEchoGuard(options: EchoGuardOptions): EchoGuard {
  const { sentRateHz, receivedRateHz = 16_000, maxDelayMs = 600 } = options
  const reference = createEchoReference({ rateHz: sentRateHz, keepMs: 2000 })
  const decimator = createDecimator(receivedRateHz / echoRateHz)
  const votes = createDelayVotes({ stepMs: 1 })
  const heard = new Float32Array(span)
  let windows = 0
  let usualGain: number | undefined

  const look = (at: number) => {
    const first = at - spanMs - maxDelayMs
    const sent = reference.read(first, span + maxDelayMs * samplesPerMs)
    if (!sent) return
    const best = findDelay(toDifferences(heard), toDifferences(sent))
    if (!best || best.likeness < voteFrom) return
    const delayMs = maxDelayMs - best.offset / samplesPerMs
    if (best.likeness >= certainFrom) votes.decide(delayMs, best.likeness)
    else votes.vote(delayMs, best.likeness)
  }
  const explainAt = (at: number, length: number) => {
    const { elected: delayMs } = votes
    if (delayMs === undefined) return noEcho
    const from = at - spanMs - delayMs - tapsBefore / samplesPerMs
    const sent = reference.read(from, span + taps - 1)
    return sent ? explain(heard, sent, length) : noEcho
  }
  return {
    sent: (samples, endedAt) => reference.sent(samples, endedAt),
    get delayMs() {
      return votes.elected
    },
    shareOf(samples, at) {
      const window = decimator.push(samples)
      heard.copyWithin(0, window.length)
      heard.set(window, span - window.length)
      if (power(window) < quietAmplitude ** 2 * window.length) return 0
      windows += 1
      const before = explainAt(at, window.length)
      // What is not ours, or ours with another delay.
      const isUnknown = before.share < knownFrom
      if (isUnknown || windows % lookEvery === 0) look(at)
      const { share, gain } = isUnknown ? explainAt(at, window.length) : before
      if (share === 0) return 0
      const most = usualGain === undefined ? maxGain : Math.min(maxGain, maxGainRise * usualGain)
      if (share >= teachesFrom) usualGain = learn(usualGain, Math.min(gain, most))
      return gain > most ? share * (most / gain) : share
    },
  }
}

interface Explained {
  readonly share: number
  /** Power of the echo against that of our voice. */
  readonly gain: number
}

const noEcho: Explained = { share: 0, gain: 0 }

function learn(known: number | undefined, gain: number): number {
  return known === undefined ? gain : known + learningRate * (gain - known)
}

/** How much of the last `length` samples a filter explains that fits the whole span best. */
function explain(heard: Float32Array, sent: Float32Array, length: number): Explained {
  const filter = fitFilter(heard, sent, taps)
  if (!filter) return noEcho
  let whole = 0
  let left = 0
  let explained = 0
  let source = 0
  for (let index = heard.length - length; index < heard.length; index += 1) {
    let echo = 0
    for (let tap = 0; tap < taps; tap += 1) echo += (filter[tap] ?? 0) * (sent[index + tap] ?? 0)
    const sample = heard[index] ?? 0
    whole += sample * sample
    left += (sample - echo) ** 2
    explained += echo * echo
    source += (sent[index + tapsBefore] ?? 0) ** 2
  }
  if (whole === 0 || source === 0) return noEcho
  return { share: Math.max(0, 1 - left / whole), gain: explained / source }
}

/** The offset in `sent` at which it is most like `heard`, and how much: the square of the correlation. */
function findDelay(
  heard: Float32Array,
  sent: Float32Array,
): { readonly offset: number; readonly likeness: number } | undefined {
  const own = power(heard)
  if (own === 0) return undefined
  let sentPower = power(sent.subarray(0, heard.length))
  let best: { offset: number; likeness: number } | undefined
  for (let offset = 0; offset + heard.length <= sent.length; offset += 1) {
    if (sentPower > quietAmplitude ** 2 * heard.length) {
      let sum = 0
      for (let n = 0; n < heard.length; n += 1) sum += (heard[n] ?? 0) * (sent[offset + n] ?? 0)
      const likeness = (sum * sum) / (own * sentPower)
      if (!best || likeness > best.likeness) best = { offset, likeness }
    }
    sentPower += (sent[offset + heard.length] ?? 0) ** 2 - (sent[offset] ?? 0) ** 2
  }
  return best
}

/** Flattens the spectrum of speech: its low harmonics alone make all voices alike. */
function toDifferences(samples: Float32Array): Float32Array {
  let before = 0
  return samples.map((sample) => {
    const difference = sample - 0.95 * before
    before = sample
    return difference
  })
}

function power(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  return sum
}

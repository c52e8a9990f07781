import { levelDbfs } from '@trunkline/telephony'

/** How much of some known audio is in a recording. */
export interface HeardAudio {
  /** Milliseconds of the known audio, from its beginning, that were heard. */
  readonly heardMs: number
  /** Where in the recording its beginning lies, in samples; undefined when none of it was found. */
  readonly foundAt: number | undefined
}

const rateHz = 8000
const perMs = rateHz / 1000
/** As long as a syllable: shorter pieces of speech resemble each other. */
const pieceSamples = 80 * perMs
const hopSamples = 20 * perMs
/** The beginning is looked for with so much of it that is no silence. */
const openingSamples = 320 * perMs
const openings = [0, 200, 400, 700, 1000, 1500].map((ms) => ms * perMs)
/** Two samplings of one sound, through µ-law and resamplers, are above 0.8; other speech is below 0.5. */
const alike = 0.65
const surelyAlike = 0.8
/** Below this against the loudest that was found, a voice is being ducked and no longer heard. */
const heardDb = -12
/** The clocks of sender and packets drift by no more between two pieces. */
const driftSamples = 4 * perMs
/** A voice that was paused goes on within so long. */
const longestPauseSamples = 4000 * perMs
/** Pieces that may be missing in a row, of packets that were lost or a machine that stalled. */
const maxMissing = 40
/** Of pieces that are missing, every so manieth is looked for farther on. */
const lookEvery = 5
const silentDbfs = -50

/**
 * Finds `known` in `recorded` from `from` on (both 8 kHz) by normalised cross-correlation, piece by piece, so that it
 * may be cut off anywhere, quieter, noisy, or interrupted by a pause. Accurate to 20 ms.
 */
export function findHeard(
  recorded: Int16Array,
  known: Int16Array,
  { from = 0, within = recorded.length }: { from?: number; within?: number } = {},
): HeardAudio {
  const begin = firstSound(known)
  const start = findStart(recorded, known, { begin, from, within })
  if (!start) return { heardMs: 0, foundAt: undefined }
  const { opensAt } = start
  let lag = start.at - opensAt
  let loudest = start.gain
  let heardUntil = opensAt + openingSamples
  let missing = 0
  for (let at = opensAt; at + pieceSamples <= known.length; at += hopSamples) {
    const piece = known.subarray(at, at + pieceSamples)
    if (levelDbfs(piece) < silentDbfs) continue
    const isLost = missing % lookEvery === 1
    const found = follow(recorded, piece, { at: at + lag, isLost })
    const isHeard = found !== undefined && 20 * Math.log10(found.gain / loudest) >= heardDb
    if (!isHeard) {
      missing += 1
      if (missing > maxMissing) break
      continue
    }
    missing = 0
    lag = found.at - at
    loudest = Math.max(loudest, found.gain)
    heardUntil = Math.max(heardUntil, at + pieceSamples)
  }
  const isWhole = heardUntil >= lastSound(known) - hopSamples
  const upTo = isWhole ? known.length : trim(recorded, known, { heardUntil, lag, loudest })
  return { heardMs: upTo / perMs, foundAt: start.at - opensAt }
}

interface Match {
  readonly at: number
  /** −1 to 1. */
  readonly likeness: number
  /** By how much the known audio has to be multiplied. */
  readonly gain: number
}

/**
 * Some of its beginning. The very first sound is tried first; where a machine had to wait for the next piece of a
 * sentence, a gap may lie within it, and what comes a little later is found instead.
 */
function findStart(
  recorded: Int16Array,
  known: Int16Array,
  { begin, from, within }: { begin: number; from: number; within: number },
): (Match & { readonly opensAt: number }) | undefined {
  for (const [index, laterBy] of openings.entries()) {
    const opensAt = begin + laterBy
    const opening = known.subarray(opensAt, opensAt + openingSamples)
    if (opening.length < openingSamples && index > 0) return undefined
    const start = search(recorded, opening, { from, until: from + within + laterBy })
    if (start && start.likeness >= (index === 0 ? alike : surelyAlike)) return { ...start, opensAt }
  }
  return undefined
}

/** The piece where it should be by now; after a gap anywhere later, as speech that was paused goes on. */
function follow(
  recorded: Int16Array,
  piece: Int16Array,
  { at, isLost }: { at: number; isLost: boolean },
): Match | undefined {
  const near = search(recorded, piece, { from: at - driftSamples, until: at + driftSamples })
  if (near && near.likeness >= alike) return near
  if (!isLost) return undefined
  const later = search(recorded, piece, { from: at, until: at + longestPauseSamples })
  return later && later.likeness >= surelyAlike ? later : undefined
}

/** The best match of `piece` beginning in [from, until]: roughly first, then every sample around the best. */
function search(
  recorded: Int16Array,
  piece: Int16Array,
  { from, until }: { from: number; until: number },
): Match | undefined {
  const first = Math.max(0, Math.round(from))
  const last = Math.min(Math.round(until), recorded.length - piece.length)
  let best: Match | undefined
  const look = (at: number, stride: number) => {
    const { likeness, gain } = correlate(recorded, piece, { at, stride })
    if (!best || likeness > best.likeness) best = { at, likeness, gain }
  }
  const stride = piece.length > pieceSamples ? 8 : 4
  for (let at = first; at <= last; at += 2) look(at, stride)
  if (!best) return undefined
  const { at: around } = best
  best = undefined
  for (let at = Math.max(first, around - 3); at <= Math.min(last, around + 3); at += 1) look(at, 1)
  return best
}

function correlate(
  recorded: Int16Array,
  piece: Int16Array,
  { at, stride }: { at: number; stride: number },
): Omit<Match, 'at'> {
  let both = 0
  let known = 0
  let heard = 0
  for (let index = 0; index < piece.length; index += stride) {
    const a = piece[index] ?? 0
    const b = recorded[at + index] ?? 0
    both += a * b
    known += a * a
    heard += b * b
  }
  if (known === 0 || heard === 0) return { likeness: 0, gain: 0 }
  return { likeness: both / Math.sqrt(known * heard), gain: both / known }
}

/** The last piece may reach beyond the cut: hops at its end that are far too quiet are taken off. */
function trim(
  recorded: Int16Array,
  known: Int16Array,
  { heardUntil, lag, loudest }: { heardUntil: number; lag: number; loudest: number },
): number {
  for (let end = heardUntil; end > heardUntil - pieceSamples; end -= hopSamples) {
    const piece = known.subarray(end - hopSamples, end)
    if (levelDbfs(piece) < silentDbfs) continue
    const { gain } = correlate(recorded, piece, { at: end - hopSamples + lag, stride: 1 })
    if (gain > 0 && 20 * Math.log10(gain / loudest) >= heardDb) return end
  }
  return heardUntil - pieceSamples
}

function firstSound(pcm: Int16Array): number {
  for (let at = 0; at < pcm.length; at += hopSamples) {
    if (levelDbfs(pcm.subarray(at, at + hopSamples)) >= silentDbfs) return at
  }
  return 0
}

function lastSound(pcm: Int16Array): number {
  for (let end = pcm.length; end > 0; end -= hopSamples) {
    if (levelDbfs(pcm.subarray(Math.max(0, end - hopSamples), end)) >= silentDbfs) return end
  }
  return 0
}

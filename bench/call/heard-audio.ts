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
/** Below this against its beginning, a voice is being ducked and no longer heard; */
const heardDb = -12
/** above this, something else is found that is much louder. */
const otherDb = 9
/** The clocks of sender and packets drift by no more between two pieces. */
const driftSamples = 4 * perMs
/** A busy machine is behind or ahead by so much of a sudden, */
const slipSamples = 500 * perMs
/** and a voice that was paused goes on within so long. */
const longestPauseSamples = 4000 * perMs
/** What is looked for that far away must be longer: some sound of one syllable is in every sentence. */
const resumedSamples = 240 * perMs
const alikeAgain = 0.7
/** Pieces that may be missing in a row, of packets that were lost or a machine that stalled. */
const maxMissing = 40
/** Of pieces that are missing, every so manieth is looked for farther away. */
const lookEvery = 3
const silentDbfs = -50
/** A rough search is done at 2 kHz. */
const decimation = 4

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
  let heardUntil = opensAt + openingSamples
  let missing = 0
  for (let at = opensAt; at + pieceSamples <= known.length; at += hopSamples) {
    const piece = known.subarray(at, at + pieceSamples)
    if (levelDbfs(piece) < silentDbfs) continue
    const isLost = missing % lookEvery === 1
    const found =
      findNear(recorded, piece, at + lag) ??
      (isLost ? findAgain(recorded, known.subarray(at, at + resumedSamples), at + lag) : undefined)
    const isHeard = found !== undefined && isAsLoud(found, start)
    if (!isHeard) {
      missing += 1
      if (missing > maxMissing) break
      continue
    }
    missing = 0
    lag = found.at - at
    heardUntil = Math.max(heardUntil, at + pieceSamples)
  }
  const isWhole = heardUntil >= lastSound(known) - hopSamples
  const upTo = isWhole ? known.length : trim(recorded, known, { heardUntil, lag, start })
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
    // What is farther on in it comes later: the same words may have been said just before.
    const start = search(recorded, opening, {
      from: from + laterBy,
      until: from + within + laterBy,
    })
    if (start && start.likeness >= (index === 0 ? alike : alikeAgain)) return { ...start, opensAt }
  }
  return undefined
}

function isAsLoud({ gain }: Pick<Match, 'gain'>, start: Match): boolean {
  const db = 20 * Math.log10(Math.max(0, gain) / start.gain)
  return db >= heardDb && db <= otherDb
}

/** The piece where it should be by now. */
function findNear(recorded: Int16Array, piece: Int16Array, at: number): Match | undefined {
  const near = search(recorded, piece, { from: at - driftSamples, until: at + driftSamples })
  return near && near.likeness >= alike ? near : undefined
}

/**
 * After a gap: a little later or sooner, where a machine was too busy to send or to mix some of it; else much later,
 * as speech that was paused goes on, where it must be surer, for the same words may come again.
 */
function findAgain(recorded: Int16Array, piece: Int16Array, at: number): Match | undefined {
  const near = search(recorded, piece, { from: at - slipSamples, until: at + slipSamples })
  if (near && near.likeness >= alikeAgain) return near
  const far = { from: at + slipSamples, until: at + longestPauseSamples }
  const later = search(recorded, piece, far)
  return later && later.likeness >= surelyAlike ? later : undefined
}

/** The best match of `piece` beginning in [from, until]: by its low sounds first, then every sample around the best. */
function search(
  recorded: Int16Array,
  piece: Int16Array,
  { from, until }: { from: number; until: number },
): Match | undefined {
  const first = Math.max(0, Math.round(from))
  const last = Math.min(Math.round(until), recorded.length - piece.length)
  if (last < first) return undefined
  const around =
    last - first > 2 * driftSamples
      ? first + roughly(recorded.subarray(first, last + piece.length), piece)
      : (first + last) / 2
  const reach = last - first > 2 * driftSamples ? decimation : driftSamples
  let best: Match | undefined
  const upTo = Math.min(last, Math.ceil(around) + reach)
  for (let at = Math.max(first, Math.floor(around) - reach); at <= upTo; at += 1) {
    const match = correlate(recorded, piece, at)
    if (!best || match.likeness > best.likeness) best = { at, ...match }
  }
  return best
}

/** Where `piece` is most likely, by what both hold below 1 kHz. */
function roughly(recorded: Int16Array, piece: Int16Array): number {
  const [low, known] = [toLow(recorded), toLow(piece)]
  let energy = 0
  for (let index = 0; index < known.length; index += 1) energy += (low[index] ?? 0) ** 2
  let best = { at: 0, likeness: Number.NEGATIVE_INFINITY }
  for (let at = 0; at + known.length <= low.length; at += 1) {
    let both = 0
    for (let index = 0; index < known.length; index += 1) {
      both += (known[index] ?? 0) * (low[at + index] ?? 0)
    }
    const likeness = both / Math.sqrt(Math.max(1, energy))
    if (likeness > best.likeness) best = { at, likeness }
    energy += (low[at + known.length] ?? 0) ** 2 - (low[at] ?? 0) ** 2
  }
  return best.at * decimation
}

function toLow(pcm: Int16Array): Float64Array {
  const low = new Float64Array(Math.floor(pcm.length / decimation))
  for (let index = 0; index < low.length * decimation; index += 1) {
    const at = Math.floor(index / decimation)
    low[at] = (low[at] ?? 0) + (pcm[index] ?? 0) / decimation
  }
  return low
}

function correlate(recorded: Int16Array, piece: Int16Array, at: number): Omit<Match, 'at'> {
  let both = 0
  let known = 0
  let heard = 0
  for (let index = 0; index < piece.length; index += 1) {
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
  { heardUntil, lag, start }: { heardUntil: number; lag: number; start: Match },
): number {
  for (let end = heardUntil; end > heardUntil - pieceSamples; end -= hopSamples) {
    const piece = known.subarray(end - hopSamples, end)
    if (levelDbfs(piece) < silentDbfs) continue
    const match = correlate(recorded, piece, end - hopSamples + lag)
    if (isAsLoud(match, start)) return end
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

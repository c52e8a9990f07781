import { frameMs } from './frames.ts'
import type { Sound } from './sounding.ts'

/** No word is searched for further back: what is repeated is heard twice. */
const farthestMs = 700
/** So far below the loudest frame around it, a frame is a gap between words (or inside a plosive). */
const gapRatio = 0.12

/** A frame of speech: words do not reach back beyond the first one of a sentence. */
export interface SpokenFrame extends Sound {
  readonly startsSentence: boolean
}

/**
 * What is said again when speech goes on that was paused: the frames of `before`, which were heard, from the gap on that
 * lies before the first one of `after`, which was cut.
 */
export function findRepeated<T extends SpokenFrame>(
  before: readonly T[],
  after: readonly T[],
): readonly T[] {
  if (after[0]?.startsSentence) return []
  const sentence = before.findLastIndex(({ startsSentence }) => startsSentence)
  const heard = before.slice(Math.max(0, sentence))
  const levels = [...heard, ...after].map(({ samples }) => levelOf(samples))
  return heard.slice(findRestart(levels, heard.length))
}

/**
 * Where speech that was paused goes on: at the nearest gap before the cut, else at the deepest dip. `levels` are the mean
 * amplitudes of frames of 20 ms around the cut; `cut` is the first one not heard. Returns the frame to begin with, `cut`
 * or one before it. Words leave gaps or at least dips, but so do a p, t or k inside them: where they run into each other
 * hardly more than chance begins with one (a quarter within 40 ms, over 1,558 cuts in nine sentences by flite).
 */
function findRestart(levels: readonly number[], cut: number): number {
  const from = Math.max(0, cut - farthestMs / frameMs)
  const around = levels.slice(from, cut + farthestMs / frameMs)
  const gap = gapRatio * Math.max(0, ...around)
  let quietest = cut
  for (let index = cut; index >= from; index -= 1) {
    const level = levels[index] ?? 0
    if (level <= gap) return index
    // Near dips win over far ones that are hardly deeper.
    if (index < cut && level < (levels[quietest] ?? 0) * 0.9) quietest = index
  }
  return quietest
}

/** Mean amplitude, 0 to 32768. */
function levelOf(samples: Int16Array): number {
  let sum = 0
  for (const sample of samples) sum += Math.abs(sample)
  return samples.length === 0 ? 0 : sum / samples.length
}

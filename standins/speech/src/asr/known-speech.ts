import { modelRateHz } from './audio-decoder.ts'
import { type Frame, type SpeechFrames, toSpeechFrames } from './speech-frames.ts'
import { spreadWords, type TimedWord } from './spread-words.ts'

export interface KnownSpeech {
  /** Keeps what was said and how it sounds, 16-bit mono. */
  remember(text: string, pcm: Int16Array, options: { sampleRateHz: number }): void
  /** The words of 16 kHz audio that is a part of something remembered; empty when it is of nothing that is. */
  recognize(pcm: Int16Array): { readonly text: string; readonly likeness: number }
}

interface Memory {
  readonly frames: readonly Frame[]
  readonly words: readonly TimedWord[]
}

interface Match {
  readonly memory: Memory
  /** Frame of the memory at which the audio begins. */
  readonly from: number
  readonly likeness: number
}

/** Those that were not heard for longest are forgotten. */
const mostMemories = 300
/** Correlation of levels; speech of other words has 0.3 to 0.6. */
const leastLikeness = 0.75
/** Fewer say nothing. */
const fewestFrames = 8
/** What the trimming of two recordings of the same may differ by, at each end. */
const slackFrames = 5
/** With it at the beginning of something remembered, nothing else is looked for. */
const clearLikeness = 0.9

/**
 * Recognises what it has been told of: for measuring everything around a recogniser on a machine that has no time left
 * for one. It hears nothing else, and gets no word wrong.
 */
export function createKnownSpeech(): KnownSpeech {
  const memories: Memory[] = []
  const keep = (memory: Memory) => {
    const at = memories.indexOf(memory)
    if (at >= 0) memories.splice(at, 1)
    memories.unshift(memory)
    memories.length = Math.min(memories.length, mostMemories)
  }
  return {
    remember(text, pcm, options) {
      const speech = toSpeechFrames(pcm, options)
      if (!speech) return
      keep({ frames: speech.frames, words: spreadWords(text, speech) })
    },
    recognize(pcm) {
      const speech = toSpeechFrames(pcm, { sampleRateHz: modelRateHz })
      const match = speech && findMatch(speech, memories)
      if (!match) return { text: '', likeness: 0 }
      keep(match.memory)
      const until = match.from + speech.frames.length
      const words = match.memory.words.filter(({ from, to }) => {
        const middle = (from + to) / 2
        return middle >= match.from - slackFrames && middle < until + slackFrames
      })
      return { text: words.map(({ word }) => word).join(' '), likeness: match.likeness }
    },
  }
}

function findMatch({ frames }: SpeechFrames, memories: readonly Memory[]): Match | undefined {
  if (frames.length < fewestFrames) return undefined
  // Most audio begins where something remembered does.
  const early = best(memories.map((memory) => slide(frames, memory, { to: slackFrames })))
  const found =
    early && early.likeness >= clearLikeness
      ? early
      : best(memories.map((memory) => slide(frames, memory, { to: memory.frames.length })))
  return found && found.likeness >= leastLikeness ? found : undefined
}

function slide(
  frames: readonly Frame[],
  memory: Memory,
  { to }: { to: number },
): Match | undefined {
  let found: Match | undefined
  const last = Math.min(to, memory.frames.length + slackFrames - frames.length)
  for (let from = -slackFrames; from <= last; from += 1) {
    const likeness = compare(frames, memory.frames, from)
    if (!found || likeness > found.likeness) found = { memory, from, likeness }
  }
  return found
}

function best(matches: readonly (Match | undefined)[]): Match | undefined {
  return matches.reduce(
    (found, match) => (match && match.likeness > (found?.likeness ?? -1) ? match : found),
    undefined,
  )
}

/** Mean over the bands of the correlation of levels, −1 to 1. */
function compare(frames: readonly Frame[], memory: readonly Frame[], from: number): number {
  const begin = Math.max(0, -from)
  const end = Math.min(frames.length, memory.length - from)
  const count = end - begin
  if (count < fewestFrames) return -1
  let sum = 0
  for (const band of [0, 1, 2] as const) {
    let [a, b, aa, bb, ab] = [0, 0, 0, 0, 0]
    for (let index = begin; index < end; index += 1) {
      const x = frames[index]?.[band] ?? 0
      const y = memory[index + from]?.[band] ?? 0
      a += x
      b += y
      aa += x * x
      bb += y * y
      ab += x * y
    }
    const spread = Math.sqrt((aa - (a * a) / count) * (bb - (b * b) / count))
    sum += spread > 0 ? (ab - (a * b) / count) / spread : 0
  }
  return sum / 3
}

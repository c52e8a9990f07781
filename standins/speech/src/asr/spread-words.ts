import type { SpeechFrames } from './speech-frames.ts'

/** A word and the frames it is said in. */
export interface TimedWord {
  readonly word: string
  readonly from: number
  readonly to: number
}

/**
 * Spreads words over speech by their letters. Where the speech has as many pauses as the text has commas and full
 * stops, each pause is taken for one of those.
 */
export function spreadWords(
  text: string,
  { frames, pauses }: Pick<SpeechFrames, 'frames' | 'pauses'>,
): TimedWord[] {
  const parts = text
    .split(/(?<=[,.;:?!])\s+/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
  const spans =
    pauses.length === parts.length - 1
      ? parts.map((_, index) => ({
          from: pauses[index - 1]?.to ?? 0,
          to: pauses[index]?.from ?? frames.length,
        }))
      : [{ from: 0, to: frames.length }]
  const texts = spans.length === parts.length ? parts : [text]
  return texts.flatMap((part, index) => spread(part, spans[index] ?? { from: 0, to: 0 }))
}

function spread(text: string, { from, to }: { from: number; to: number }): TimedWord[] {
  const words = text.split(/\s+/).filter((word) => word !== '')
  const letters = words.reduce((sum, word) => sum + word.length, 0)
  let at = from
  return words.map((word) => {
    const begin = at
    at += ((to - from) * word.length) / Math.max(1, letters)
    return { word, from: begin, to: at }
  })
}

import { toNearest } from './distance.ts'
import type { Lexicon } from './lexicon.ts'
import type { Word } from './words.ts'

/**
 * Replaces number words by numbers: "twenty-third" → 23 (ordinal), "two thousand twenty seven" → 2027. A run of
 * single figures ("four seven") stays single.
 */
export function joinNumbers(words: readonly Word[], lexicon: Lexicon): Word[] {
  const joined: Word[] = []
  for (const [index, word] of words.entries()) {
    const previous = joined.at(-1)
    const next = words[index + 1]
    if (next && isJoiningAnd(word, previous) && toNumber(next, lexicon, 'and')) continue
    const value = toNumber(word, lexicon, previous?.text)
    if (!value) {
      const scaled = scale(previous, word.text)
      if (scaled) joined[joined.length - 1] = scaled
      else joined.push(word)
      continue
    }
    const sum = add(previous, value)
    if (sum) joined[joined.length - 1] = sum
    else joined.push(value)
  }
  return joined
}

/** "seven hundred and eleven" */
function isJoiningAnd(word: Word, previous: Word | undefined): boolean {
  const number = previous?.number ?? 0
  return word.text === 'and' && previous?.isSpoken === true && number >= 100 && number % 100 === 0
}

function toNumber(word: Word, lexicon: Lexicon, previous: string | undefined): Word | undefined {
  if (word.number !== undefined) return word
  const { text } = word
  // "a second", "one second" is time, not a day.
  if (text === 'second' && /^(a|one|1|just|any|per|every)$/.test(previous ?? '')) return undefined
  const cardinal = lexicon.cardinals[text]
  if (cardinal !== undefined) return { text: String(cardinal), number: cardinal, isSpoken: true }
  const ordinal = lexicon.ordinals[text] ?? lexicon.ordinals[toNearOrdinal(text, lexicon) ?? '']
  if (ordinal === undefined) return undefined
  return { text: String(ordinal), number: ordinal, isOrdinal: true, isSpoken: true }
}

/** Long ordinals only: short ones have too many neighbours. */
function toNearOrdinal(text: string, lexicon: Lexicon): string | undefined {
  if (text.length < 7 || text.length > 12) return undefined
  const long = Object.keys(lexicon.ordinals).filter((word) => word.length >= 7)
  return toNearest(text, long, 1)
}

/** "twenty" + "third", "two thousand" + "twenty-seven". */
function add(previous: Word | undefined, value: Word): Word | undefined {
  if (previous?.number === undefined || previous.isOrdinal || value.number === undefined) {
    return undefined
  }
  if (!previous.isSpoken) return undefined
  const room = previous.number % 1000 === 0 ? 1000 : previous.number % 100 === 0 ? 100 : 10
  const takes =
    previous.number >= 20 && previous.number % 10 === 0 && value.number > 0 && value.number < room
  if (!takes) return undefined
  const number = previous.number + value.number
  const isOrdinal = value.isOrdinal ? { isOrdinal: true } : {}
  return { text: String(number), number, isSpoken: true, ...isOrdinal }
}

/** "four" + "thousand". */
function scale(previous: Word | undefined, text: string): Word | undefined {
  const factor = text === 'thousand' ? 1000 : text === 'hundred' ? 100 : 0
  if (factor === 0 || previous?.number === undefined) return undefined
  const number =
    previous.number > factor && factor === 100
      ? Math.floor(previous.number / 1000) * 1000 + (previous.number % 1000) * 100
      : previous.number * factor
  return { text: String(number), number, isSpoken: true }
}

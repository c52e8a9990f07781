import type { Word } from './words.ts'

/** How many words from `index` on spell one of the phrases; the longest counts, 0 when none does. */
export function phraseAt(
  words: readonly Word[],
  index: number,
  phrases: readonly string[],
): number {
  let longest = 0
  for (const phrase of phrases) {
    const parts = phrase.split(' ')
    if (parts.length <= longest) continue
    if (parts.every((part, offset) => words[index + offset]?.text === part)) longest = parts.length
  }
  return longest
}

/** How many words that end before `index` spell one of the phrases. */
export function phraseBefore(
  words: readonly Word[],
  index: number,
  phrases: readonly string[],
): number {
  for (const length of [3, 2, 1]) {
    const start = index - length
    if (start >= 0 && phraseAt(words, start, phrases) === length) return length
  }
  return 0
}

import { fold } from './fold.ts'

/** Words and phrases of one kind, to be found in folded texts. */
export interface Phrases {
  /** All words belong to phrases of this kind; false for no words. */
  covers(words: readonly string[]): boolean
  /** How many words the longest phrase has that begins at `from`; 0 for none. */
  lengthAt(words: readonly string[], from: number): number
  /** The words from there on are the beginning of a longer phrase. */
  mayBegin(words: readonly string[], from: number): boolean
  /** The words end with one of the phrases. */
  endsWith(words: readonly string[]): boolean
  has(word: string): boolean
}

export function createPhrases(entries: readonly string[]): Phrases {
  const byFirst = new Map<string, (readonly string[])[]>()
  const all = new Set<string>()
  let longest = 1
  for (const entry of entries) {
    const words = fold(entry)
    const [first] = words
    if (first === undefined) continue
    all.add(words.join(' '))
    longest = Math.max(longest, words.length)
    byFirst.set(first, [...(byFirst.get(first) ?? []), words])
  }
  for (const phrases of byFirst.values()) phrases.sort((a, b) => b.length - a.length)

  const lengthAt: Phrases['lengthAt'] = (words, from) => {
    const phrases = byFirst.get(words[from] ?? '') ?? []
    const found = phrases.find((phrase) =>
      phrase.every((word, index) => words[from + index] === word),
    )
    return found?.length ?? 0
  }
  return {
    lengthAt,
    mayBegin: (words, from) =>
      (byFirst.get(words[from] ?? '') ?? []).some(
        (phrase) =>
          phrase.length > words.length - from &&
          words.slice(from).every((word, index) => phrase[index] === word),
      ),
    covers(words) {
      let at = 0
      while (at < words.length) {
        const length = lengthAt(words, at)
        if (length === 0) return false
        at += length
      }
      return words.length > 0
    },
    endsWith(words) {
      for (let length = Math.min(longest, words.length); length > 0; length -= 1) {
        if (all.has(words.slice(-length).join(' '))) return true
      }
      return false
    },
    has: (word) => all.has(word),
  }
}

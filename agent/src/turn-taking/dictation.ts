import type { Vocabulary } from './words/vocabulary.ts'

/** How a text ends, as to numbers and letters that are said one by one. */
export interface Dictation {
  /** Digits at the end of the text that were dictated; figures count each, "double five" two. */
  readonly digits: number
  /** Letters at the end that were spelled. */
  readonly letters: string
  /** The number at the end was said whole: "two hundred and twelve". */
  readonly isWholeNumber: boolean
}

const figures = /^\p{Nd}+$/u
const oneLetter = /^\p{L}\p{M}*$/u

/** Reads from the end of folded words. */
export function readDictation(words: readonly string[], vocabulary: Vocabulary): Dictation {
  let digits = 0
  let hasNumberWord = false
  let at = words.length - 1
  for (; at >= 0; at -= 1) {
    const word = words[at] ?? ''
    if (figures.test(word)) digits += word.length
    else if (vocabulary.digits[word] !== undefined) digits += 1
    else if (vocabulary.doubles[word] !== undefined && digits > 0) {
      digits += (vocabulary.doubles[word] ?? 1) - 1
    } else if (isNumberWord(word, vocabulary)) {
      hasNumberWord = true
      digits += 1
    } else break
  }
  return {
    digits,
    letters: digits > 0 ? '' : readLetters(words, vocabulary),
    isWholeNumber: hasNumberWord && digits <= 6,
  }
}

/** German and Italian write numbers in one word: "einundzwanzig", "centoventi". */
export function isNumberWord(word: string, { numbers }: Vocabulary): boolean {
  return numbers.has(word) || (word.length > 6 && numbers.endsWith(toLastPart(word, numbers)))
}

function toLastPart(word: string, numbers: Vocabulary['numbers']): readonly string[] {
  for (let from = 1; from < word.length - 2; from += 1) {
    const part = word.slice(from)
    if (numbers.has(part)) return [part]
  }
  return []
}

function readLetters(words: readonly string[], { spellingWords }: Vocabulary): string {
  let letters = ''
  for (let at = words.length - 1; at >= 0; at -= 1) {
    const word = words[at] ?? ''
    if (oneLetter.test(word)) letters = word + letters
    else if (letters === '' || !spellingWords.has(word)) break
  }
  return letters
}

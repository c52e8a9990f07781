import type { QuestionWords } from './words/question-words.ts'

export type CompiledQuestions = Readonly<Record<keyof QuestionWords, RegExp>> & {
  readonly normalize: (text: string) => string
}

export function compileQuestions(words: QuestionWords): CompiledQuestions {
  const anywhere = (phrases: readonly string[]) => new RegExp(` (?:${toChoice(phrases)})(?= )`)
  return {
    normalize,
    tags: new RegExp(` (?:${toChoice(words.tags)}) $`),
    open: anywhere(words.open),
    asking: anywhere(words.asking),
    having: anywhere(words.having),
    requests: anywhere(words.requests),
    or: anywhere(words.or),
    counts: anywhere(words.counts),
    spelling: anywhere(words.spelling),
    digits: anywhere(words.digits),
    dates: anywhere(words.dates),
  }
}

/** Small letters without accents, words parted by one blank, a blank at either end. */
function normalize(text: string): string {
  const plain = text
    .toLowerCase()
    .replaceAll(/(?<!\p{L})qué(?!\p{L})/gu, 'quee') // "que" asks nothing
    .normalize('NFD')
    .replaceAll(/[\u0300-\u036f]/g, '') // accents of Latin letters; Devanagari's signs are letters to us
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
  return ` ${plain.trim()} `
}

/** Longest first, so that "how many" is not left with "many". */
function toChoice(phrases: readonly string[]): string {
  return [...phrases]
    .sort((left, right) => right.length - left.length)
    .map(toPattern)
    .join('|')
}

function toPattern(phrase: string): string {
  const place = phrase.startsWith('^') ? '(?<=^ )' : phrase.startsWith('~') ? '(?<!^ )' : ''
  return (
    place +
    phrase
      .split(/(\*)/)
      .map((part) => (part === '*' ? '\\S*' : normalize(part).trim()))
      .join('')
  )
}

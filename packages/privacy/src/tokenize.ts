import { foldWord, toAsciiDigits } from './fold.ts'
import type { Phrase, Role, Vocabulary, Word } from './vocabulary.ts'

/** `mixed` has letters and digits; `sign` is one character that is neither. */
export type TokenKind = 'word' | 'digits' | 'mixed' | 'sign'

export interface Token {
  readonly kind: TokenKind
  /** Place in the text, in UTF-16 units. */
  readonly start: number
  readonly end: number
  /** As written. */
  readonly raw: string
  /** Folded; ASCII digits for `digits`. */
  readonly text: string
  readonly word: Word | undefined
  /** Phrases that end here. */
  readonly ends: { readonly phrase: Phrase; readonly from: number }[]
}

const pieces = /[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu
const asciiDigits = /^[0-9]+$/
const asciiLetters = /^[A-Za-z]+$/
const anyDigit = /\p{Nd}/u
const onlyDigits = /^\p{Nd}+$/u
const anyLetter = /\p{L}/u

/** Cuts a text into words, numbers and signs, each with what the vocabulary knows about it. Linear. */
export function tokenize(text: string, vocabulary: Vocabulary): Token[] {
  const tokens: Token[] = []
  for (const match of text.matchAll(pieces)) {
    const raw = match[0]
    const kind = kindOf(raw)
    const folded = kind === 'digits' || kind === 'mixed' ? toAsciiDigits(raw) : raw
    const key = kind === 'sign' || kind === 'digits' ? folded : foldWord(folded)
    tokens.push({
      ...{ kind, start: match.index, end: match.index + raw.length, raw, text: key, ends: [] },
      word: kind === 'digits' ? undefined : vocabulary.words.get(key),
    })
  }
  for (const [from, token] of tokens.entries()) {
    for (const phrase of vocabulary.phrases.get(token.text) ?? []) {
      const to = endOf(tokens, from, phrase)
      if (to !== undefined) tokens[to]?.ends.push({ phrase, from })
    }
  }
  return tokens
}

/** An apostrophe, hyphen or full stop between the words of a phrase does not matter. */
function endOf(tokens: readonly Token[], from: number, { words }: Phrase): number | undefined {
  let at = from
  for (const [index, word] of words.entries()) {
    if (index > 0 && tokens[at]?.kind === 'sign') at += 1
    if (tokens[at]?.text !== word) return undefined
    at += 1
  }
  return at - 1
}

function kindOf(raw: string): TokenKind {
  if (asciiLetters.test(raw)) return 'word'
  if (asciiDigits.test(raw) || onlyDigits.test(raw)) return 'digits'
  if (!anyLetter.test(raw)) return anyDigit.test(raw) ? 'mixed' : 'sign'
  return anyDigit.test(raw) ? 'mixed' : 'word'
}

export function hasRole(token: Token | undefined, role: Role): boolean {
  return token?.word?.roles.has(role) ?? false
}

/** The longest phrase with this role that ends at a token, one word or more. */
export function phraseEnding(
  tokens: readonly Token[],
  at: number,
  role: Role,
): { from: number } | undefined {
  const token = tokens[at]
  if (token === undefined) return undefined
  const phrase = token.ends.find((end) => end.phrase.roles.has(role))
  if (phrase) return { from: phrase.from }
  return hasRole(token, role) ? { from: at } : undefined
}

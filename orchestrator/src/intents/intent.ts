import type { LineLanguage } from '@trunkline/contracts'

/** What a caller wants with one utterance; `end_call` only when nothing else is wanted. */
export type Intent = 'greeting' | 'question' | 'request_info' | 'booking' | 'end_call' | 'unknown'

export const intents: readonly Intent[] = [
  ...(['greeting', 'question', 'request_info', 'booking', 'end_call', 'unknown'] as const),
]

/**
 * The words of one language, written as they are spoken. In a cue, `word*` stands for every word that begins so,
 * `_` for up to four words
 * in between and `__` for up to sixteen, `^word` for a word that begins the sentence and `word$` for one that ends it,
 * `{words}` for any of the words of that name, `{words}?` for the same if there is one, and `<{words}` for words that
 * have to stand before.
 */
export interface LanguageCues {
  readonly language: LineLanguage
  /** How an apostrophe is heard: part of the word ("don't") or the end of one ("l'hôtel"). */
  readonly apostrophe: 'drop' | 'space'
  /** Spellings of one sound and the one that stands for them, read after accents and signs are gone. */
  readonly spellings: readonly (readonly [spelling: RegExp, same: string])[]
  /** Words that can stand for each other in a cue, by a name. They are written as cues are. */
  readonly words: Readonly<Record<string, readonly string[]>>
  /** Words that say nothing by themselves. */
  readonly fillers: readonly string[]
  readonly thanks: readonly string[]
  /** Says that the caller is done. Counts only in a sentence made of nothing but closings, thanks and fillers. */
  readonly closings: readonly string[]
  /** A goodbye: also counts at the end of a sentence with a word or two of something else. */
  readonly farewells: readonly string[]
  /** With one of these a sentence is never a goodbye: "wait", "before", "he said bye". */
  readonly keeping: readonly string[]
  readonly greetings: readonly string[]
  /** Comes before the caller's own name. */
  readonly introductions: readonly string[]
  /** The first rule with a cue in the sentence decides. */
  readonly rules: readonly (readonly [Intent, readonly string[]])[]
}

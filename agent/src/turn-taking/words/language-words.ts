/**
 * A last word that would leave a sentence open closes it when one of the others came before: "ich rufe wegen meiner
 * Buchung an", "tell me how much the room is".
 */
export interface Bracket {
  readonly ends: readonly string[]
  readonly after: readonly string[]
  /** Words between the two, at least; where there are any, the first does not begin the sentence. */
  readonly apart: number
}

/**
 * What turn-taking knows of a language. Every entry is written as `fold` leaves it: small letters, no accents on Latin
 * letters, a space for apostrophes and hyphens. An entry of several words is a phrase.
 */
export interface LanguageWords {
  /** Say that one listens, and ask for nothing. */
  readonly backchannels: readonly string[]
  /** Mean "stop talking", even alone; who says goodbye wants to go. */
  readonly stops: readonly string[]
  /** A whole answer to a yes-no question. */
  readonly answers: readonly string[]
  /** Sounds of somebody who thinks. */
  readonly fillers: readonly string[]
  /** A sentence that ends with one of these goes on: articles, prepositions, conjunctions, half a verb. */
  readonly openEndings: readonly string[]
  /** Exceptions from it. */
  readonly brackets: readonly Bracket[]
  /** A clause that begins with one of these and has hardly another word goes on. */
  readonly subordinators: readonly string[]
  /** Questions that are whole as they are, though the last word could go on: "how much is that". */
  readonly wholeQuestions: readonly string[]
  /** A question begins with one of these. */
  readonly questions: readonly string[]
  readonly greetings: readonly string[]
  /** A name follows. */
  readonly introductions: readonly string[]
  /** A sentence that ends with one of these is over. */
  readonly closings: readonly string[]
  readonly digits: Readonly<Record<string, number>>
  /** Number words of two digits and more: a number with one of these is not dictated digit by digit. */
  readonly numbers: readonly string[]
  /** "double five", "treble two". */
  readonly doubles: Readonly<Record<string, number>>
  /** What a digit or a letter is introduced with or spelled by, for example "dot", "as in", "capital". */
  readonly spellingWords: readonly string[]
  readonly months: readonly string[]
  /** Name a day by themselves: "tomorrow", "friday". */
  readonly days: readonly string[]
}

import type { PiiCategory } from './category.ts'

/** What a language says around personal data. Words are folded when compiled; a phrase is words with one space. */
export interface Lexicon {
  /** Numbers below 1,000 that are one word. */
  readonly numbers: Readonly<Record<string, number>>
  readonly ordinals: Readonly<Record<string, number>>
  readonly hundred: readonly string[]
  readonly thousand: readonly string[]
  readonly double: readonly string[]
  readonly triple: readonly string[]
  readonly months: readonly string[]
  /** Between tens and units, hundreds and tens. */
  readonly and: readonly string[]
  /** Between the parts of a date. */
  readonly dateGlue: readonly string[]
  /** May stand between the digits of one number. */
  readonly pauses: readonly string[]
  readonly at: readonly string[]
  readonly dot: readonly string[]
  readonly dash: readonly string[]
  readonly underscore: readonly string[]
  /** Announces what the next number or code is. */
  readonly contexts: Readonly<Partial<Record<PiiCategory, readonly string[]>>>
  /** A room, before its number. */
  readonly room: readonly string[]
  /** "number", after `room`. */
  readonly number: readonly string[]
  /** After a figure: money, nights, people. Such a figure is not personal. */
  readonly units: readonly string[]
  /** A name follows for certain. */
  readonly nameIs: readonly string[]
  /** A name may follow: only after a greeting, before `nameEnds`, or with a capital. */
  readonly mayBeName: readonly string[]
  /** Follows a name. */
  readonly nameEnds: readonly string[]
  /** Follows a name for certain, which is then looked for before it. */
  readonly nameBefore: readonly string[]
  readonly titles: readonly string[]
  /** Before a title it means a person, not a title ("my wife" is "meine Frau"). */
  readonly notBeforeTitle: readonly string[]
  readonly particles: readonly string[]
  readonly greetings: readonly string[]
  /** Never a name. */
  readonly ordinary: readonly string[]
}

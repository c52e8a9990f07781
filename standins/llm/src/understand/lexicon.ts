import type { Language } from '../language.ts'
import { de } from './lexicon-de.ts'
import { en } from './lexicon-en.ts'
import { es } from './lexicon-es.ts'
import { fr } from './lexicon-fr.ts'
import { hi } from './lexicon-hi.ts'
import { it } from './lexicon-it.ts'

/** The words of one language that dates and numbers are made of; all folded (see words.ts). */
export interface Lexicon {
  /** Each inner text holds the spellings of one month, January first. */
  readonly months: readonly string[]
  /** What recognition makes of months; counts only beside an ordinal. Month from 1. */
  readonly misheardMonths?: Readonly<Record<string, number>>
  /** Sunday first. */
  readonly weekdays: readonly string[]
  readonly cardinals: Readonly<Record<string, number>>
  readonly ordinals: Readonly<Record<string, number>>
  /** Phrases that mean a day, as days from today. */
  readonly relative: Readonly<Record<string, number>>
  readonly tonight: readonly string[]
  readonly weekend: readonly string[]
  readonly from: readonly string[]
  readonly until: readonly string[]
  /** Words that may stand inside a date. */
  readonly fillers: readonly string[]
  readonly next: readonly string[]
  readonly night: readonly string[]
  readonly day: readonly string[]
  readonly week: readonly string[]
  readonly people: readonly string[]
  /** Holidays as "month-day". */
  readonly holidays: Readonly<Record<string, string>>
  /** "12/3" is the third of December. */
  readonly isMonthFirst: boolean
}

export const lexicons: Readonly<Record<Language, Lexicon>> = { en, de, fr, es, it, hi }

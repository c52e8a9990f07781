import * as chrono from 'chrono-node'
import { type Language, languages } from '../language.ts'
import { addDays, type Day, toDay, toParts } from './day.ts'
import { type Lexicon, lexicons } from './lexicon.ts'

const parsers: Readonly<Partial<Record<Language, { parse: typeof chrono.en.casual.parse }>>> = {
  en: chrono.en.casual,
  de: chrono.de.casual,
  fr: chrono.fr.casual,
  es: chrono.es.casual,
  it: chrono.it.casual,
}

/** Days that need arithmetic ("in two weeks", "a week from Friday"), by chrono-node. */
export function readRelativeDay(text: string, today: Day, lexicon: Lexicon): Day | undefined {
  const language = languages.find((one) => lexicons[one] === lexicon)
  const parser = language && parsers[language]
  const { year, month, day } = toParts(today)
  // Noon, so that no time zone's shift moves it to another day.
  const reference = new Date(year, month - 1, day, 12)
  const found = parser?.parse(text, reference, { forwardDate: true })[0]
  if (!found?.start.isCertain('day') && !found?.start.isCertain('weekday')) return undefined
  const start = found.start
  const result = toDay(
    start.get('year') ?? year,
    start.get('month') ?? month,
    start.get('day') ?? day,
  )
  // A time of day alone ("at three") is certain of today; that is no answer.
  const isTimeOnly = result === today && start.isCertain('hour')
  return result >= today && result < addDays(today, 1000) && !isTimeOnly ? result : undefined
}

import { toNearest } from './distance.ts'
import type { Lexicon } from './lexicon.ts'
import { phraseAt, phraseBefore } from './phrase-at.ts'
import { isCountedFrom } from './quantities.ts'
import type { Word } from './words.ts'

/** A day as far as it was said; what is missing is found when it is resolved. */
export interface DateAtom {
  readonly day?: number
  /** From 1. */
  readonly month?: number
  readonly year?: number
  /** From 0 for Sunday. */
  readonly weekday?: number
  readonly offsetDays?: number
  /** Months from today's: "of next month". */
  readonly monthOffset?: number
  readonly special?: 'weekend'
  /** "a week from Friday" */
  readonly laterDays?: number
  readonly isNext?: boolean
  /** "tonight", "Friday night": one night unless an end is said. */
  readonly isOneNight?: boolean
  readonly role?: 'from' | 'until'
  /** "not the third": to be left out. */
  readonly isDenied?: boolean
  /** "no, the fourth": replaces the one before. */
  readonly isCorrection?: boolean
  /** A number that counts as a day only beside a surer one, or when a date was asked for. */
  readonly isWeak?: boolean
  /** Position of its first word, and of the one after its last. */
  readonly start: number
  readonly end: number
}

type Found = Omit<DateAtom, 'start' | 'end'> & { readonly length: number }

/** Finds everything in the words that names a day. `used` holds positions that mean something else. */
export function findDateAtoms(
  words: readonly Word[],
  used: ReadonlySet<number>,
  lexicon: Lexicon,
): DateAtom[] {
  const atoms: DateAtom[] = []
  let index = 0
  while (index < words.length) {
    const found = used.has(index) ? undefined : dateAt(words, index, used, lexicon)
    if (!found) {
      index += 1
      continue
    }
    const { length, ...rest } = found
    const end = index + length
    atoms.push({ ...rest, ...contextOf(words, index, end, lexicon), start: index, end })
    index = end
  }
  return mergeWeekdays(atoms, words, lexicon)
}

function dateAt(
  words: readonly Word[],
  index: number,
  used: ReadonlySet<number>,
  lexicon: Lexicon,
): Found | undefined {
  const word = words[index]
  if (!word) return undefined
  if (word.isDate) return writtenDate(word.text, lexicon)
  const holiday = Object.keys(lexicon.holidays).find((name) => phraseAt(words, index, [name]) > 0)
  if (holiday) {
    const best = Object.keys(lexicon.holidays)
      .filter((name) => phraseAt(words, index, [name]) > 0)
      .toSorted((a, b) => b.length - a.length)[0]
    const [month, day] = (lexicon.holidays[best ?? holiday] ?? '').split('-').map(Number)
    if (month && day) return { month, day, length: phraseAt(words, index, [best ?? holiday]) }
  }
  const relative = phraseAt(words, index, Object.keys(lexicon.relative))
  if (relative > 0) {
    const said = words.slice(index, index + relative).map((one) => one.text)
    return {
      offsetDays: lexicon.relative[said.join(' ')] ?? 0,
      length: relative,
      ...(lexicon.tonight.includes(said.join(' ')) ? { isOneNight: true } : {}),
    }
  }
  const weekend = phraseAt(words, index, lexicon.weekend)
  if (weekend > 0) {
    return { special: 'weekend', length: weekend, ...nextBefore(words, index, lexicon) }
  }
  return (
    monthFirst(words, index, used, lexicon) ??
    dayFirst(words, index, used, lexicon) ??
    weekdayAt(words, index, lexicon)
  )
}

/** "2026-12-03", "3.12.", "12/3". */
function writtenDate(text: string, lexicon: Lexicon): Found | undefined {
  const parts = text.split(/[-./]/).filter(Boolean).map(Number)
  const [a = 0, b = 0, c] = parts
  if (text.includes('-')) return { year: a, month: b, day: c ?? 0, length: 1 }
  const isMonthFirst = text.includes('/') && lexicon.isMonthFirst && a <= 12
  const [day, month] = isMonthFirst ? [b, a] : [a, b]
  if (month < 1 || month > 12) return undefined
  const year = c === undefined ? {} : { year: c < 100 ? 2000 + c : c }
  return { day, month, ...year, length: 1 }
}

/** "December [the] third [2027]". */
function monthFirst(
  words: readonly Word[],
  index: number,
  used: ReadonlySet<number>,
  lexicon: Lexicon,
): Found | undefined {
  const at = skipFillers(words, index + 1, lexicon)
  const month =
    toMonth(words[index]?.text ?? '', lexicon) ??
    (words[index + 1]?.isOrdinal ? misheardMonth(words[index], lexicon) : undefined)
  if (!month) return undefined
  const day = dayNumber(words[at], used.has(at))
  if (day === undefined) return undefined
  const year = yearAt(words, at + 1)
  return { month, day, ...year.found, length: at + 1 + year.length - index }
}

/** "third [of] December [2027]", "the third", "3 …". */
function dayFirst(
  words: readonly Word[],
  index: number,
  used: ReadonlySet<number>,
  lexicon: Lexicon,
): Found | undefined {
  const word = words[index]
  const day = dayNumber(word, used.has(index))
  if (day === undefined || !word) return undefined
  const joined = word.isOrdinal && /^(and|in|some|or)$/.test(words[index + 1]?.text ?? '')
  const near = skipFillers(words, index + 1, lexicon)
  const isJoined = joined && toMonth(words[index + 2]?.text ?? '', lexicon) !== undefined
  const at = isJoined ? index + 2 : near
  const isTied = word.isOrdinal && /^(of|or|and)$/.test(words[index + 1]?.text ?? '')
  const month =
    toMonth(words[at]?.text ?? '', lexicon) ??
    (isTied ? misheardMonth(words[index + 2], lexicon) : undefined)
  if (month) {
    const year = yearAt(words, at + 1)
    return { day, month, ...year.found, length: Math.max(at, index + 1) + 1 + year.length - index }
  }
  if (phraseAt(words, at, ['next month', 'following month', 'nachsten monats']) > 0) {
    return { day, monthOffset: 1, length: at + 2 - index }
  }
  if (phraseAt(words, at, ['this month', 'the month']) > 0) {
    return { day, monthOffset: 0, length: at + 2 - index }
  }
  return { day, length: 1, ...(word.isOrdinal ? {} : { isWeak: true }) }
}

function weekdayAt(words: readonly Word[], index: number, lexicon: Lexicon): Found | undefined {
  const text = words[index]?.text ?? ''
  const weekday = lexicon.weekdays.findIndex((names) => names.split(' ').includes(text))
  if (weekday < 0) return undefined
  const night = phraseAt(words, index + 1, lexicon.night)
  const after = phraseAt(words, index + 1, lexicon.next) > 0 ? { isNext: true } : {}
  return {
    weekday,
    length: 1,
    ...nextBefore(words, index, lexicon),
    ...after,
    ...(night > 0 ? { isOneNight: true } : {}),
  }
}

/** "Friday the fourth", "Friday, December 4th" is one day: the date counts. */
function mergeWeekdays(
  atoms: readonly DateAtom[],
  words: readonly Word[],
  lexicon: Lexicon,
): DateAtom[] {
  const merged: DateAtom[] = []
  for (const atom of atoms) {
    const previous = merged.at(-1)
    const isOneDay =
      previous?.weekday !== undefined &&
      !previous.isNext &&
      atom.day !== undefined &&
      !atom.isWeak &&
      skipFillers(words, previous.end, lexicon) >= atom.start
    if (previous && isOneDay) {
      const role = previous.role ? { role: previous.role } : {}
      merged[merged.length - 1] = { ...atom, ...role, start: previous.start }
    } else merged.push(atom)
  }
  return merged
}

function contextOf(
  words: readonly Word[],
  start: number,
  end: number,
  lexicon: Lexicon,
): Partial<DateAtom> {
  let before = start
  while (before > 0 && isFiller(words[before - 1], lexicon)) before -= 1
  if (phraseBefore(words, before, [...lexicon.next, 'this', 'coming']) > 0) before -= 1
  while (before > 0 && isFiller(words[before - 1], lexicon)) before -= 1
  const from = phraseBefore(words, before, lexicon.from)
  const until = phraseBefore(words, before, lexicon.until)
  const head = before - Math.max(from, until)
  const role: Partial<DateAtom> = from > 0 ? { role: 'from' } : until > 0 ? { role: 'until' } : {}
  const isUntilAfter = phraseAt(words, end, ['तक']) > 0
  const isDenied = phraseBefore(words, head, ['not', 'nicht', 'pas', 'non']) > 0
  const isCorrection =
    phraseBefore(words, head, ['no', 'sorry', 'actually', 'mean', 'rather', 'but', 'instead']) > 0
  const unitAt = head - 1
  const isUnit = phraseAt(words, unitAt, [...lexicon.week, ...lexicon.day]) > 0
  const isLater = from > 0 && isUnit && isCountedFrom(words, unitAt, lexicon)
  if (isLater) return { laterDays: daysOf(words, unitAt, lexicon) }
  return {
    ...role,
    ...(isUntilAfter ? { role: 'until' as const } : {}),
    ...(isDenied ? { isDenied: true } : {}),
    ...(isCorrection ? { isCorrection: true } : {}),
  }
}

/** "two weeks", "a week", "three days" before "from". */
function daysOf(words: readonly Word[], unitAt: number, lexicon: Lexicon): number {
  const unit = phraseAt(words, unitAt, lexicon.week) > 0 ? 7 : 1
  return unit * (words[unitAt - 1]?.number ?? 1)
}

function nextBefore(words: readonly Word[], index: number, lexicon: Lexicon): Partial<DateAtom> {
  return phraseBefore(words, index, lexicon.next) > 0 ? { isNext: true } : {}
}

function skipFillers(words: readonly Word[], index: number, lexicon: Lexicon): number {
  let at = index
  while (at < index + 2 && isFiller(words[at], lexicon)) at += 1
  return at
}

function isFiller(word: Word | undefined, lexicon: Lexicon): boolean {
  return word !== undefined && lexicon.fillers.includes(word.text)
}

function dayNumber(word: Word | undefined, isUsed: boolean): number | undefined {
  const number = word?.number
  return !isUsed && number !== undefined && number >= 1 && number <= 31 ? number : undefined
}

function yearAt(
  words: readonly Word[],
  index: number,
): { readonly found: { year?: number }; readonly length: number } {
  const first = words[index]?.number ?? 0
  if (first >= 2000 && first < 2100) return { found: { year: first }, length: 1 }
  const second = words[index + 1]?.number ?? 0
  if (first === 20 && second >= 20 && second < 100) {
    return { found: { year: 2000 + second }, length: 2 }
  }
  return { found: {}, length: 0 }
}

function misheardMonth(word: Word | undefined, lexicon: Lexicon): number | undefined {
  return lexicon.misheardMonths?.[word?.text ?? '']
}

/** The month a word names, from 1; long names may have one letter wrong. */
export function toMonth(text: string, lexicon: Lexicon): number | undefined {
  const exact = lexicon.months.findIndex((names) => names.split(' ').includes(text))
  if (exact >= 0) return exact + 1
  if (text.length < 6) return undefined
  const long = lexicon.months.flatMap((names) => names.split(' ')).filter((n) => n.length >= 6)
  const near = toNearest(text, long, 1)
  return near ? toMonth(near, lexicon) : undefined
}

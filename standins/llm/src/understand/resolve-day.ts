import type { DateAtom } from './date-atoms.ts'
import { addDays, type Day, toParts } from './day.ts'

// Leap days are up to eight years apart.
const searchedDays = 3000

interface Pattern {
  readonly day?: number
  readonly month?: number
  readonly weekday?: number
}

/** The first day from `notBefore` that fits all that is given. */
export function findDay(pattern: Pattern, notBefore: Day): Day | undefined {
  for (let offset = 0; offset < searchedDays; offset += 1) {
    const candidate = addDays(notBefore, offset)
    if (fits(pattern, candidate)) return candidate
  }
  return undefined
}

/** The last day before `end`, within two months, that fits all that is given. */
export function findDayBefore(pattern: Pattern, end: Day): Day | undefined {
  for (let offset = 1; offset <= 62; offset += 1) {
    const candidate = addDays(end, -offset)
    if (fits(pattern, candidate)) return candidate
  }
  return undefined
}

function fits(pattern: Pattern, candidate: Day): boolean {
  const parts = toParts(candidate)
  return (
    (pattern.day === undefined || pattern.day === parts.day) &&
    (pattern.month === undefined || pattern.month === parts.month) &&
    (pattern.weekday === undefined || pattern.weekday === parts.weekday)
  )
}

/** The first day from `notBefore` that an atom can mean; undefined when there is no such day. */
export function resolveAtom(atom: DateAtom, notBefore: Day, today: Day): Day | undefined {
  const { laterDays, ...plain } = atom
  if (laterDays !== undefined) {
    const start = resolveAtom(plain, today, today)
    return start && addDays(start, laterDays)
  }
  if (atom.offsetDays !== undefined) {
    const day = addDays(today, atom.offsetDays)
    return day >= notBefore ? day : undefined
  }
  if (atom.special === 'weekend') return findDay({ weekday: 0 }, notBefore)
  if (atom.weekday !== undefined) {
    const { weekday } = toParts(today)
    // Weeks begin on Monday: "next Friday" is the one of the week after this.
    const nextMonday = addDays(today, 8 - (weekday === 0 ? 7 : weekday))
    const tomorrow = addDays(today, 1)
    const start = atom.isNext ? nextMonday : tomorrow
    return findDay({ weekday: atom.weekday }, start > notBefore ? start : notBefore)
  }
  const day = atom.day ?? 1
  if (atom.monthOffset !== undefined) {
    const { year, month } = toParts(today)
    const wanted = ((month - 1 + atom.monthOffset) % 12) + 1
    const first = `${year}-${String(month).padStart(2, '0')}-01`
    const found = findDay({ day, month: wanted }, first > today ? first : today)
    return found && found >= notBefore ? found : findDay({ day, month: wanted }, notBefore)
  }
  const isYearAhead = atom.year !== undefined && `${atom.year}-01-01` > notBefore
  const from = isYearAhead ? `${atom.year}-01-01` : notBefore
  return findDay({ day, ...(atom.month === undefined ? {} : { month: atom.month }) }, from)
}

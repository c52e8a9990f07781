import { type DateAtom, findDateAtoms, toMonth } from './date-atoms.ts'
import { addDays, countNights, type Day, toParts } from './day.ts'
import type { Lexicon } from './lexicon.ts'
import { joinNumbers } from './numbers.ts'
import { pickAtoms } from './pick-atoms.ts'
import { readQuantities } from './quantities.ts'
import { readRelativeDay } from './relative-day.ts'
import { findDay, findDayBefore, resolveAtom } from './resolve-day.ts'
import { toWords, type Word } from './words.ts'

/** What is known of a stay. `month` (from 1) is known when only "in December" was said. */
export interface Stay {
  readonly checkIn?: Day
  readonly checkOut?: Day
  readonly nights?: number
  readonly guests?: number
  readonly month?: number
}

export interface StayReading {
  readonly stay: Stay
  /** A day or a number of nights was said. */
  readonly hasDates: boolean
  /** "the 31st of November" */
  readonly isImpossible: boolean
}

const maxNights = 90

/** Reads dates, nights and guests from an utterance into what is known. Days never lie before `today`. */
export function readStay(
  text: string,
  options: {
    readonly known: Stay
    readonly today: Day
    readonly lexicon: Lexicon
    /** A date was asked for: "three to five" are days then, "two" may be nights. */
    readonly asked?: 'dates' | 'nights' | undefined
  },
): StayReading {
  const { known, today, lexicon, asked } = options
  const words = joinNumbers(toWords(text), lexicon)
  const quantities = readQuantities(words, lexicon)
  const found = findDateAtoms(words, quantities.used, lexicon)
  const misheard = findMisheardNights(found, asked)
  const atoms = pickAtoms(
    found.filter((atom) => atom !== misheard),
    words,
    { acceptsBare: asked === 'dates' || known.month !== undefined },
  )
  const guests = quantities.guests ?? known.guests
  const month = monthAlone(words, lexicon) ?? known.month
  const before: Stay = {
    ...known,
    ...(guests === undefined ? {} : { guests }),
    ...(month === undefined ? {} : { month }),
  }
  const nights =
    quantities.nights ??
    (misheard ? 2 : undefined) ??
    (asked === 'nights' ? soleNumber(words) : undefined)
  const isOnlyNights = asked === 'nights' && nights !== undefined && atoms.every((a) => a.isWeak)
  if (atoms.length > 0 && !isOnlyNights) {
    const stay = place(atoms, nights, before, { today, words })
    return { stay: stay ?? before, hasDates: true, isImpossible: stay === undefined }
  }
  const relative = misheard ? undefined : readRelativeDay(text, today, lexicon)
  if (relative) {
    const length = nights ?? known.nights
    return {
      stay: begin(before, relative, length === undefined ? undefined : addDays(relative, length)),
      hasDates: true,
      isImpossible: false,
    }
  }
  if (nights === undefined) return { stay: before, hasDates: false, isImpossible: false }
  const { checkIn } = before
  const stay = checkIn
    ? { ...before, nights, checkOut: addDays(checkIn, nights) }
    : { ...before, nights }
  return { stay, hasDates: true, isImpossible: false }
}

/** Puts the days said into the stay; undefined when they make none. */
function place(
  atoms: readonly DateAtom[],
  nights: number | undefined,
  known: Stay,
  options: { today: Day; words: readonly Word[] },
): Stay | undefined {
  const { today } = options
  const [first, second] = atoms
  if (!first) return undefined
  if (second) {
    const [from, until] =
      first.role === 'until' && second.role !== 'until' ? [second, first] : [first, second]
    return placeRange(from, until, known, today)
  }
  if (first.special === 'weekend') return placeWeekend(first, nights, known, today)
  const isDeparture =
    (first.role === 'until' && !isMove(options.words)) ||
    (first.role === undefined && isOpen(known) && nights === undefined && !first.isCorrection)
  if (isDeparture) {
    const until = resolveAtom(first, addDays(known.checkIn ?? today, 1), today)
    if (!until) return undefined
    const checkIn = nights === undefined ? known.checkIn : addDays(until, -nights)
    return checkIn ? begin(known, checkIn, until) : { ...known, checkOut: until }
  }
  const checkIn = resolveAtom(first, earliest(first, known, today), today)
  if (!checkIn) return undefined
  const length = nights ?? (first.isOneNight ? 1 : undefined)
  if (length !== undefined) return begin(known, checkIn, addDays(checkIn, length))
  const keepsEnd = first.role === 'from' || first.isCorrection || known.checkIn === undefined
  if (known.checkOut && keepsEnd && known.checkOut > checkIn) {
    return begin(known, checkIn, known.checkOut)
  }
  return begin(known, checkIn, known.nights ? addDays(checkIn, known.nights) : undefined)
}

function placeRange(from: DateAtom, until: DateAtom, known: Stay, today: Day): Stay | undefined {
  if (from.day !== undefined && from.month === undefined && until.month !== undefined) {
    // "the third to the fifth of December": the month is said once, with the end.
    let end = resolveAtom(until, addDays(today, 1), today)
    for (let year = 0; end !== undefined && year < 2; year += 1) {
      const start = findDayBefore({ day: from.day }, end)
      if (start && start >= today) return begin(known, start, end)
      end = resolveAtom(until, addDays(end, 1), today)
    }
    return undefined
  }
  const start = resolveAtom(from, earliest(from, known, today), today)
  const end = start && resolveAtom({ ...until, isNext: false }, addDays(start, 1), today)
  if (!start || !end || countNights(start, end) > maxNights) return undefined
  return begin(known, start, end)
}

/** Friday to Sunday; on a Saturday the rest of it. */
function placeWeekend(
  atom: DateAtom,
  nights: number | undefined,
  known: Stay,
  today: Day,
): Stay | undefined {
  const { weekday } = toParts(today)
  const isOn = weekday === 6
  const thisOne = isOn ? today : findDay({ weekday: 5 }, today)
  const checkIn =
    atom.isNext && weekday !== 0 ? findDay({ weekday: 5 }, addDays(today, 8 - weekday)) : thisOne
  if (!checkIn) return undefined
  const untilSunday = 7 - toParts(checkIn).weekday
  return begin(known, checkIn, addDays(checkIn, nights ?? untilSunday))
}

function begin(known: Stay, checkIn: Day, checkOut: Day | undefined): Stay {
  const { checkOut: _, nights: __, month: ___, ...rest } = known
  if (checkOut === undefined) return { ...rest, checkIn }
  return { ...rest, checkIn, checkOut, nights: countNights(checkIn, checkOut) }
}

/** From when a start is looked for: a bare day lies in the month that is being talked of. */
function earliest(atom: DateAtom, known: Stay, today: Day): Day {
  if (atom.month !== undefined || atom.day === undefined || atom.monthOffset !== undefined) {
    return today
  }
  const monthOf = known.checkIn
    ? `${known.checkIn.slice(0, 7)}-01`
    : known.month && findDay({ month: known.month }, today)
  return monthOf && monthOf > today ? monthOf : today
}

function isOpen(known: Stay): boolean {
  return known.checkIn !== undefined && known.checkOut === undefined
}

/** "change it to the fourth" moves the arrival, though "to" mostly names the end. */
function isMove(words: readonly Word[]): boolean {
  return words.some(({ text }) => /^(change|move|switch|shift|make)$/.test(text))
}

/** "sometime in December"; a month beside a day belongs to that day. */
function monthAlone(words: readonly Word[], lexicon: Lexicon): number | undefined {
  for (const [index, { text }] of words.entries()) {
    const month = toMonth(text, lexicon)
    const before = words[index - 1]?.text ?? ''
    const isSure = !/^(may|mar|march|sat|sun)$/.test(text) || /^(in|next|this|of)$/.test(before)
    if (month && isSure) return month
  }
  return undefined
}

/** "two nights" is heard as "tonight": so it is where nights were asked for, or beside another arrival. */
function findMisheardNights(
  atoms: readonly DateAtom[],
  asked: 'dates' | 'nights' | undefined,
): DateAtom | undefined {
  const tonight = atoms.find((atom) => atom.offsetDays === 0 && atom.isOneNight)
  if (!tonight || tonight.role === 'from') return undefined
  const others = atoms.filter((atom) => atom !== tonight && !atom.isWeak)
  const hasArrival = others.length > 0 && others.every(({ role }) => role !== 'until')
  return hasArrival || (asked === 'nights' && others.length === 0) ? tonight : undefined
}

/** "two", "just two please" as the answer to "how many nights". */
function soleNumber(words: readonly Word[]): number | undefined {
  const numbers = words.filter((word) => word.number !== undefined && !word.isOrdinal)
  if (numbers.length === 1) return numbers[0]?.number
  const said = words.map((word) => word.text).join(' ')
  return numbers.length === 0 && /^(just )?(to|too)( please)?$/.test(said) ? 2 : undefined
}

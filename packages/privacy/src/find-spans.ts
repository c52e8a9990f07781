import type { PiiCategory } from './category.ts'
import { type Code, readCode, readIban } from './find/code.ts'
import { type ReadDate, readDate, yearOf } from './find/date.ts'
import { readDigitRun } from './find/digit-run.ts'
import { findEmails } from './find/email.ts'
import { findName, readSpelledName } from './find/name.ts'
import { classifyRun } from './find/number.ts'
import { findRoomNumber } from './find/room.ts'
import type { Context, Span } from './span.ts'
import { hasRole, type Token } from './tokenize.ts'

/** How many tokens an announcement reaches. */
const contextReach = 12
/** A date before is taken for a birth, one after for a stay or something else. */
const births = { from: 1900, to: 2012 }
/** Letters and figures that a code has at least, after its announcement. */
const minCode: Readonly<Partial<Record<PiiCategory, number>>> = {
  ...{ passport: 6, id: 6, confirmation: 4, iban: 10 },
}

/** Everything personal in a text, in order and without overlap. One pass; every look ahead is bounded. */
export function findSpans(
  tokens: readonly Token[],
  { earlier = [] }: { earlier?: readonly Token[] } = {},
): Span[] {
  const emails = findEmails(tokens)
  const isCased = hasCapitals(tokens)
  const spans: Span[] = []
  let context = lastContext(earlier)
  let nextEmail = 0
  let at = 0
  const take = (category: PiiCategory, from: number, to: number) => {
    const previous = spans.at(-1)
    if (previous && previous.to === from && previous.category === category) spans.pop()
    const start = previous?.to === from && previous.category === category ? previous.from : from
    spans.push({ from: start, to, category })
    at = to
  }
  while (at < tokens.length) {
    const email = emails[nextEmail]
    if (email && at >= email.from) {
      nextEmail += 1
      if (at === email.from) take('email', email.from, email.to)
      else spans.push({ ...email, from: at })
      at = email.to
      continue
    }
    context = announcedAt(tokens, at) ?? context
    const category = context && at - context.at <= contextReach ? context.category : undefined
    const limit = email?.from ?? tokens.length
    const found = findAt(tokens, at, { category, isCased })
    if (found?.category && found.to <= at) {
      // A name before the word that tells it.
      const from = Math.max(found.from, spans.at(-1)?.to ?? 0)
      if (from < found.to) spans.push({ ...found, category: found.category, from })
      at += 1
    } else if (found && found.to <= limit && found.to > at) {
      if (found.category)
        take(found.category, Math.max(found.from, spans.at(-1)?.to ?? 0), found.to)
      if (found.category === 'card') context = { category: 'card', at }
      at = found.to
    } else at += 1
  }
  return spans
}

type Found = { readonly category?: PiiCategory; readonly from: number; readonly to: number }

interface FindOptions {
  readonly category: PiiCategory | undefined
  readonly isCased: boolean
}

/** What begins at a token, or is announced by it. Without a category: figures that are nothing personal. */
function findAt(
  tokens: readonly Token[],
  at: number,
  { category, isCased }: FindOptions,
): Found | undefined {
  const token = tokens[at]
  if (token === undefined) return undefined
  const iban = readIban(tokens, at)
  if (iban) return { category: 'iban', from: at, to: iban.next }
  const room = findRoomNumber(tokens, at)
  if (room) return { category: 'room', ...room }
  const code = announcedCode(tokens, at, category)
  const date = mayBeFigure(token) ? readDate(tokens, at) : undefined
  const isBorn = date && isAnnouncedAfter(tokens, date.next)
  if (date && isBirth(date, isBorn ? 'birth-date' : category))
    return { category: 'birth-date', from: at, to: date.next }
  const isStay = date?.isWritten && date.next - at <= 5 && isCalendar(date)
  if (date && isStay && category === undefined) return { from: at, to: date.next }
  const run = readDigitRun(tokens, at)
  const kind = run && classifyRun(run, { context: category, tokens })
  if (run && kind && (code === undefined || code.next <= run.next)) {
    return { category: kind, from: at, to: run.next }
  }
  if (code && category) return { category, from: at, to: code.next }
  if (isBookingCode(token.raw)) return { category: 'confirmation', from: at, to: at + 1 }
  if (run) return { from: at, to: run.next }
  const spelled = readSpelledName(tokens, at)
  if (spelled) return { category: 'name', ...spelled }
  const name = findName(tokens, at, { isCased })
  return name && { category: 'name', ...name }
}

/** "QX7T2P": capitals and figures mixed, which no flight, time or size is. */
function isBookingCode(raw: string): boolean {
  if (raw.length < 6 || raw.length > 12 || !/^[A-Z\d]+$/.test(raw)) return false
  return (raw.match(/[A-Z]+|\d+/g)?.length ?? 0) >= 4
}

function mayBeFigure(token: Token): boolean {
  return (
    token.kind === 'digits' ||
    token.kind === 'mixed' ||
    (token.word !== undefined &&
      (token.word.value !== undefined ||
        token.word.roles.has('month') ||
        token.word.roles.has('hundred') ||
        token.word.roles.has('thousand')))
  )
}

function announcedCode(
  tokens: readonly Token[],
  at: number,
  category: PiiCategory | undefined,
): Code | undefined {
  const min = category === undefined ? undefined : minCode[category]
  if (min === undefined) return undefined
  const code = readCode(tokens, at)
  if (code === undefined || code.text.length < min || hasRole(tokens[code.next], 'unit'))
    return undefined
  const figures = code.text.replace(/\D/g, '').length
  const isCode =
    figures >= 2 || (category === 'confirmation' && (figures > 0 || code.text.length >= 5))
  return isCode ? code : undefined
}

function isBirth(date: ReadDate, category: PiiCategory | undefined): boolean {
  const { numbers, hasMonth } = date
  if (category === 'birth-date') {
    const isCompact = numbers.some((number) => number > 9999)
    return (
      numbers.length >= 2 ||
      (hasMonth && numbers.length > 0) ||
      isCompact ||
      yearOf(date) !== undefined
    )
  }
  if (category !== undefined && !hasMonth) return false
  const year = yearOf(date)
  if (year === undefined || year < births.from || year > births.to) return false
  return hasMonth ? numbers.length >= 2 : date.isWritten && isCalendar(date)
}

/** Two figures that can be day and month, and one that can be a year. */
function isCalendar({ numbers }: ReadDate): boolean {
  const isYear = (number: number) => number < 100 || (number >= 1900 && number < 2100)
  const isDay = (number: number) => number >= 1 && number <= 31
  return numbers.length === 3 && numbers.every(isYear) && numbers.filter(isDay).length >= 2
}

/** In languages with the verb at the end: "am dritten April geboren". */
function isAnnouncedAfter(tokens: readonly Token[], at: number): boolean {
  return [0, 1, 2].some((more) =>
    tokens[at + more]?.ends.some(
      ({ phrase, from }) => phrase.context === 'birth-date' && from >= at,
    ),
  )
}

function announcedAt(tokens: readonly Token[], at: number): Context | undefined {
  const end = tokens[at]?.ends.find(({ phrase }) => phrase.context !== undefined)
  return end?.phrase.context && { category: end.phrase.context, at }
}

function lastContext(earlier: readonly Token[]): Context | undefined {
  for (let at = earlier.length - 1; at >= Math.max(0, earlier.length - 30); at -= 1) {
    const context = announcedAt(earlier, at)
    if (context) return { category: context.category, at: -1 }
  }
  return undefined
}

/** Capitals say something only in a text that has small letters too, and not at its very beginning. */
function hasCapitals(tokens: readonly Token[]): boolean {
  return tokens.some(
    ({ kind, raw }, index) =>
      index > 0 && kind === 'word' && raw.length > 1 && /^\p{Lu}\p{Ll}/u.test(raw),
  )
}

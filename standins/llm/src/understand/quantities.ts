import type { Lexicon } from './lexicon.ts'
import { phraseAt } from './phrase-at.ts'
import type { Word } from './words.ts'

export interface Quantities {
  readonly nights?: number
  readonly guests?: number
  /** Positions of words that are spent, and are no days. */
  readonly used: ReadonlySet<number>
}

const articles = ['a', 'an', 'single', 'eine', 'une', 'una', 'per']
const notDays = [
  'room',
  'rooms',
  'double',
  'single',
  'twin',
  'suite',
  'suites',
  'floor',
  'time',
  'times',
  'one',
  'option',
  'thing',
  'question',
  'euro',
  'euros',
  'dollars',
  "o'clock",
  'am',
  'pm',
  'percent',
  'minutes',
  'minute',
  'hours',
  'hour',
  'name',
  'beds',
  'bed',
  'zimmer',
  'uhr',
]

/** Reads how many nights and guests were said, and marks numbers that count something else. */
export function readQuantities(words: readonly Word[], lexicon: Lexicon): Quantities {
  const used = new Set<number>()
  const nights = takeNights(words, lexicon, used)
  const guests = takeGuests(words, lexicon, used)
  for (const [index, word] of words.entries()) {
    if (word.number !== undefined && phraseAt(words, index + 1, notDays) > 0) used.add(index)
  }
  return {
    ...(nights === undefined ? {} : { nights }),
    ...(guests === undefined ? {} : { guests }),
    used,
  }
}

function takeNights(
  words: readonly Word[],
  lexicon: Lexicon,
  used: Set<number>,
): number | undefined {
  let nights = takeFourToNine(words, used)
  for (const [index, word] of words.entries()) {
    const isNight = phraseAt(words, index, lexicon.night) > 0
    const isWeek = phraseAt(words, index, lexicon.week) > 0
    const isDay = phraseAt(words, index, lexicon.day) > 0
    if (word.text === 'fortnight') nights = 14
    if (!isNight && !isWeek && !isDay) continue
    const at = words[index - 1]?.text === 'more' ? index - 2 : index - 1
    const before = words[at]
    const isRelative = /^(in|next|this|last|per|a)$/.test(words[at - 1]?.text ?? '')
    const factor = isWeek ? 7 : 1
    const isLater = words[at - 1]?.text === 'in' || isCountedFrom(words, index, lexicon)
    if ((isWeek || isDay) && isLater) {
      used.add(at)
      continue
    }
    if (before?.number !== undefined && !before.isOrdinal && !before.isDate) {
      nights = before.number * factor
      used.add(at)
      // "for two nights" is also heard as "four two nights".
      if (words[at - 1]?.number === 4) used.add(at - 1)
    } else if (isNight && /^(to|too)$/.test(before?.text ?? '')) nights = 2
    else if (isNight && before?.text === 'for' && word.text.endsWith('s')) nights = 4
    else if (before?.text === 'of' && words[at - 1]?.text === 'couple') nights = 2 * factor
    else if (before?.text === 'couple') nights = 2 * factor
    else if (!isDay && articles.includes(before?.text ?? '') && !isPrice(words, at)) nights = factor
    else if (isNight && words[at]?.text === 'the' && words[index + 1]?.text === 'of') nights = 1
    else if (isNight && word.text.startsWith('overnight') && !isRelative) nights = 1
  }
  return nights !== undefined && nights >= 1 && nights <= 90 ? nights : undefined
}

/** "four to nine" at the end of a request is what is left of "for two nights". */
function takeFourToNine(words: readonly Word[], used: Set<number>): number | undefined {
  const at = words.length - 3
  const [four, two, nine] = words.slice(-3)
  const isHeard =
    at > 2 &&
    (four?.number === 4 || four?.text === 'for') &&
    (two?.number === 2 || /^(to|too)$/.test(two?.text ?? '')) &&
    nine?.number === 9 &&
    !nine.isOrdinal
  if (!isHeard) return undefined
  for (const index of [at, at + 1, at + 2]) used.add(index)
  return 2
}

/** "a week from Friday" is a day; "for a week from Friday" and "a week from the third" are how long. */
export function isCountedFrom(words: readonly Word[], unitAt: number, lexicon: Lexicon): boolean {
  if (!/^(from|after)$/.test(words[unitAt + 1]?.text ?? '')) return false
  if (words[unitAt - 2]?.text === 'for') return false
  const next = words[unitAt + 2]?.text ?? ''
  return (
    lexicon.weekdays.some((names) => names.split(' ').includes(next)) ||
    phraseAt(words, unitAt + 2, [...Object.keys(lexicon.relative), 'now']) > 0
  )
}

/** "how much is it a night" asks for a price, not for one night. */
function isPrice(words: readonly Word[], articleAt: number): boolean {
  if (words[articleAt]?.text === 'per') return true
  if (words.some((word) => word.number !== undefined && word.number > 31)) return true
  const said = words.slice(0, articleAt).map((word) => word.text)
  const asksPrice = said.some((text) => /^(much|cost|costs|price|rate|pay|charge)$/.test(text))
  return asksPrice && said.at(-1) !== 'for'
}

const alone = ['just me', 'only me', 'just myself', 'on my own', 'by myself', 'one of us']
const pairs = [
  'my wife and i',
  'my wife and me',
  'me and my wife',
  'my husband and i',
  'my husband and me',
  'me and my husband',
  'my partner and i',
  'my partner and me',
  'me and my partner',
  'the both of us',
  'both of us',
  'a friend and i',
  'my friend and i',
]

function takeGuests(
  words: readonly Word[],
  lexicon: Lexicon,
  used: Set<number>,
): number | undefined {
  let guests = 0
  for (const [index, word] of words.entries()) {
    if (phraseAt(words, index, alone) > 0) guests += 1
    if (phraseAt(words, index, pairs) > 0) guests += 2
    const count = word.number
    if (count === undefined || word.isOrdinal || count > 12) {
      const isOne = /^(a|an|one)$/.test(word.text)
      if (isOne && guests > 0 && phraseAt(words, index + 1, ['child', 'baby', 'kid']) > 0) {
        guests += 1
      }
      const isToPeople = word.text === 'to' && words[index - 1]?.text === 'for'
      if (isToPeople && phraseAt(words, index + 1, lexicon.people) > 0) guests += 2
      continue
    }
    const isCounted = phraseAt(words, index + 1, lexicon.people) > 0
    if (isCounted || isRoomFor(words, index, used)) {
      guests += count
      used.add(index)
    }
  }
  return guests > 0 && guests <= 20 ? guests : undefined
}

/** "a room for two", but not "for two nights" or "for three december". */
function isRoomFor(words: readonly Word[], index: number, used: ReadonlySet<number>): boolean {
  if (used.has(index) || words[index - 1]?.text !== 'for') return false
  const next = words[index + 1]?.text
  return next === undefined || /^(from|on|in|please|this|next|tomorrow|tonight|and)$/.test(next)
}

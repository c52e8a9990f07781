import type { Tool } from '../chat.ts'
import type { Language } from '../language.ts'
import { type Ability, type Phrases, phrasesOf, type Question, toList } from '../phrases/phrases.ts'
import { toSpokenAmount } from '../phrases/spoken-amount.ts'
import { toSpokenStay } from '../phrases/spoken-days.ts'
import { type Day, isDay } from '../understand/day.ts'
import type { Room } from './outcome.ts'
import type { State } from './state.ts'

/** What a reply is made with: the words of the language and the tools that are there. */
export interface Desk {
  readonly language: Language
  readonly today: Day
  readonly phrases: Phrases
  readonly tools: readonly Tool[]
}

export function createDesk(language: Language, today: Day, tools: readonly Tool[]): Desk {
  return { language, today, phrases: phrasesOf[language], tools }
}

export function findTool(desk: Desk, name: string): Tool | undefined {
  return desk.tools.find((tool) => tool.name === name)
}

/** The question in words it has not been asked in yet. */
export function ask(desk: Desk, state: State, question: Question): string {
  return pick(desk.phrases.questions[question], state.askedTimes[question] ?? 0)
}

export function pick(wordings: readonly string[], times: number): string {
  return wordings[times % wordings.length] ?? ''
}

/** "I can check rooms and prices, or …", by the tools that are there. */
export function sayAbilities(desk: Desk): string {
  const needs: readonly (readonly [Ability, string])[] = [
    ['rooms', 'check_availability'],
    ['book', 'create_reservation'],
    ['lookup', 'get_reservation'],
    ['info', 'get_hotel_info'],
  ]
  const able = needs
    .filter(([, name]) => findTool(desk, name))
    .map(([one]) => desk.phrases.abilities[one])
  return able.length > 0 ? desk.phrases.canDo(able) : ''
}

export function sayStay(desk: Desk, room: Room, state: State): string {
  const checkIn = isDay(room.checkIn) ? room.checkIn : state.stay.checkIn
  const checkOut = isDay(room.checkOut) ? room.checkOut : state.stay.checkOut
  return checkIn && checkOut ? toSpokenStay({ checkIn, checkOut }, desk.language, desk.today) : ''
}

export function sayAmount(desk: Desk, amount: number | undefined, currency: string | undefined) {
  return amount === undefined ? undefined : toSpokenAmount(amount, currency, desk.language)
}

/** "a double room", from what the result or the caller called it. */
export function sayRoom(desk: Desk, room: Room, roomType: string | undefined): string {
  const name = room.name ?? room.type ?? roomType
  if (name === undefined) return desk.phrases.anyRoom
  const isNamed = room.name !== undefined && /\s/.test(room.name)
  return desk.phrases.aRoom(isNamed ? lowerFirst(name) : desk.phrases.roomName(lowerFirst(name)))
}

export function sayList(
  desk: Desk,
  items: readonly string[],
  joining: 'and' | 'or' = 'and',
): string {
  return toList(items, desk.phrases[joining])
}

/** "Double room" in the middle of a sentence; a name in capitals stays. */
function lowerFirst(name: string): string {
  return /^\p{Lu}\p{Ll}+(\s|$)/u.test(name) ? name.charAt(0).toLowerCase() + name.slice(1) : name
}

import type { ToolCall } from '../chat.ts'
import type { Question } from '../phrases/phrases.ts'
import type { Day } from '../understand/day.ts'
import type { Heard } from '../understand/heard.ts'
import type { Stay } from '../understand/stay.ts'
import type { Outcome } from './outcome.ts'

export interface ToolResult {
  readonly call: ToolCall
  readonly text: string
}

/** What the caller's last words came to, and what was done about them so far. */
export interface Turn {
  readonly heard?: Heard
  readonly hasStay: boolean
  readonly isImpossible: boolean
  /** Questions about the hotel that still want an answer. */
  readonly topics: readonly string[]
  readonly wantsEnd: boolean
  /** "yes" to a read-back that was heard in full, with nothing changed in the same breath. */
  readonly isConfirmed: boolean
  readonly isDeclined: boolean
  readonly wantsLookup: boolean
  readonly isUnderstood: boolean
  /** Dates, kind of room, guests or name are other than before. */
  readonly isChanged: boolean
  readonly results: readonly ToolResult[]
}

/** What the conversation has come to; made anew from the messages of every request. */
export interface State {
  readonly goal: 'none' | 'stay' | 'lookup'
  readonly wantsBooking: boolean
  readonly stay: Stay
  readonly roomType?: string | undefined
  readonly guestName?: string | undefined
  readonly reservationNumber?: string | undefined
  readonly lookupName?: string | undefined
  /** Outcomes of check_availability by what was asked (toStayKey). */
  readonly answers: ReadonlyMap<string, Outcome>
  readonly asked?: Question | undefined
  /** How often each question was asked, so that a repeat takes other words. */
  readonly askedTimes: Readonly<Partial<Record<Question, number>>>
  /** Utterances in a row that meant nothing. */
  readonly misunderstood: number
  readonly lastSaid: string
  readonly goodbyeSaid: boolean
  /** Something was said since the last tool result. */
  readonly isTold: boolean
  readonly turn: Turn
}

export const emptyTurn: Turn = {
  hasStay: false,
  isImpossible: false,
  topics: [],
  wantsEnd: false,
  isConfirmed: false,
  isDeclined: false,
  wantsLookup: false,
  isUnderstood: true,
  isChanged: false,
  results: [],
}

export const emptyState: State = {
  goal: 'none',
  wantsBooking: false,
  stay: {},
  answers: new Map(),
  askedTimes: {},
  misunderstood: 0,
  lastSaid: '',
  goodbyeSaid: false,
  isTold: true,
  turn: emptyTurn,
}

/** What an answer of check_availability holds for. */
export function toStayKey(
  checkIn: Day,
  checkOut: Day,
  more: { roomType?: string | undefined; guests?: number | undefined },
): string {
  return [checkIn, checkOut, more.roomType ?? '', more.guests ?? ''].join('|')
}

/** The answer for the stay as it is known now; undefined when it was not asked for. */
export function currentAnswer(state: State): Outcome | undefined {
  const { checkIn, checkOut, guests } = state.stay
  if (!checkIn || !checkOut) return undefined
  return state.answers.get(toStayKey(checkIn, checkOut, { roomType: state.roomType, guests }))
}

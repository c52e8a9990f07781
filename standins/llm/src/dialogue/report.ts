import { z } from 'zod'
import { sayBooked } from './booking.ts'
import { ask, type Desk, sayList, sayRoom, sayStay } from './desk.ts'
import { readInfoResult } from './info-result.ts'
import { type Outcome, readOutcome } from './outcome.ts'
import type { State, ToolResult } from './state.ts'

const maxTopics = 5
const word = z.string().optional().catch(undefined)

export interface Report {
  readonly text: string
  /** It ends with a question of its own. */
  readonly isAsking: boolean
}

/** Puts a tool's result into words; check_availability is told by nextStayStep. */
export function reportResult(desk: Desk, state: State, result: ToolResult): Report | undefined {
  switch (result.call.name) {
    case 'get_hotel_info':
      return { text: sayInfo(desk, result), isAsking: false }
    case 'get_reservation':
      return sayFound(desk, state, result)
    case 'create_reservation':
      return {
        text: sayBooked(desk, state, readOutcome(result.text), beforeBooking(state, result)),
        isAsking: true,
      }
    default:
      return undefined
  }
}

function sayInfo(desk: Desk, { call, text }: ToolResult): string {
  const info = readInfoResult(text, word.parse(call.arguments['topic']))
  if (info.kind === 'text') return info.text
  const topics = sayTopics(desk, info.topics)
  return info.kind === 'topics' ? topics : `${desk.phrases.noInfo} ${topics}`.trim()
}

/** "I can tell you about breakfast, parking or wifi." */
export function sayTopics(desk: Desk, topics: readonly string[]): string {
  const names = topics.slice(0, maxTopics).map((topic) => topic.replace(/[_-]/g, ' '))
  return names.length > 0 ? desk.phrases.topics(sayList(desk, names, 'or')) : ''
}

function sayFound(desk: Desk, state: State, { text }: ToolResult): Report {
  const { phrases } = desk
  const outcome = readOutcome(text)
  if (outcome.kind !== 'rooms' || outcome.rooms.length === 0) {
    return { text: `${sayNotFound(desk, outcome)} ${ask(desk, state, 'number')}`, isAsking: true }
  }
  const told = [...outcome.rooms, ...outcome.others].slice(0, 2).map((room) =>
    phrases.found({
      name: room.guestName,
      room: (room.name ?? room.type) ? sayRoom(desk, room, undefined) : undefined,
      stay: sayStay(desk, room, { ...state, stay: {} }) || undefined,
    }),
  )
  return { text: told.join(' '), isAsking: false }
}

function sayNotFound(desk: Desk, outcome: Outcome): string {
  const { phrases } = desk
  if (outcome.kind !== 'failed') return phrases.notFound
  if (outcome.message) return outcome.message
  switch (outcome.code) {
    case 'ambiguous':
      return phrases.ambiguous
    case 'full_name_needed':
    case 'missing_argument':
      return ''
    default:
      return /not.?found|unknown_|no.?such/i.test(outcome.code) ? phrases.notFound : phrases.failed
  }
}

/** The state forgets the stay when it is booked; what was booked is in the call. */
function beforeBooking(state: State, { call }: ToolResult): State {
  const checkIn = word.parse(call.arguments['check_in'])
  const checkOut = word.parse(call.arguments['check_out'])
  return {
    ...state,
    stay: { ...(checkIn ? { checkIn } : {}), ...(checkOut ? { checkOut } : {}) },
    roomType: word.parse(call.arguments['room_type']),
    guestName: word.parse(call.arguments['guest_name']),
  }
}

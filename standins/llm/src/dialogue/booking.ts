import type { Reply } from '../chat.ts'
import { toSpokenNumber } from '../phrases/spoken-amount.ts'
import { ask, type Desk, findTool } from './desk.ts'
import { sayFailure, toStayWords } from './offer.ts'
import type { Outcome, Room } from './outcome.ts'
import { currentAnswer, type State } from './state.ts'
import { toArguments } from './tool-arguments.ts'

/** The room that is on offer, when exactly one is. */
function roomOnOffer(state: State): Room | undefined {
  const answer = currentAnswer(state)
  return answer?.kind === 'rooms' && answer.rooms.length === 1 ? answer.rooms[0] : undefined
}

/** The call that books what was read back; undefined when something of it is missing. */
export function toBooking(desk: Desk, state: State): Reply['calls'][number] | undefined {
  const tool = findTool(desk, 'create_reservation')
  const room = roomOnOffer(state)
  const { checkIn, checkOut, guests } = state.stay
  if (!tool || !room || !checkIn || !checkOut || state.guestName === undefined) return undefined
  const values = {
    room_type: room.type ?? state.roomType ?? room.name,
    check_in: checkIn,
    check_out: checkOut,
    guest_name: state.guestName,
    guests,
  }
  return { name: tool.name, arguments: toArguments(tool, values) }
}

/** The outcome of a booking in words; a failure is never told as a success. */
export function sayBooked(desk: Desk, state: State, outcome: Outcome, before: State): string {
  const { phrases } = desk
  if (outcome.kind === 'failed') {
    if (/unknown|timeout/.test(outcome.code) && !/room_type/.test(outcome.code)) {
      return `${phrases.unknownOutcome} ${ask(desk, state, 'else')}`
    }
    return `${phrases.notBooked} ${sayFailure(desk, state, outcome)}`
  }
  const [room] = outcome.kind === 'rooms' ? outcome.rooms : []
  if (!room) return `${phrases.notBooked} ${ask(desk, state, 'alternative')}`
  const name = room.guestName ?? before.guestName
  const number = room.number === undefined ? undefined : toSpokenNumber(room.number)
  const words = toStayWords(desk, before, room)
  const told = phrases.booked({ ...words, name, number })
  return [told, room.isAlreadyBooked ? phrases.onlyOne : '', ask(desk, state, 'else')]
    .filter((part) => part !== '')
    .join(' ')
}

/** Not known whether it was done: the same call once more finds out, and does nothing twice. */
export function asksAgain(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && outcome.code === 'outcome_unknown'
}

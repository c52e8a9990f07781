import type { Question, StayWords } from '../phrases/phrases.ts'
import { ask, type Desk, findTool, sayAmount, sayList, sayRoom, sayStay } from './desk.ts'
import type { Outcome, Room } from './outcome.ts'
import type { State } from './state.ts'

const maxOptions = 4

/** `question`: what was told before is not told again, only the open question is asked once more. */
export type Telling = 'all' | 'question'

/** Speaks an answer of check_availability, and asks what comes next. */
export function sayAnswer(desk: Desk, state: State, answer: Outcome, telling: Telling): string {
  const { phrases } = desk
  const known = telling === 'question' ? toKnownQuestion(state, answer) : undefined
  if (known) return ask(desk, state, known)
  switch (answer.kind) {
    case 'failed':
      return sayFailure(desk, state, answer)
    case 'unavailable': {
      const others = sayOptions(desk, answer.others)
      const room = sayRoom(desk, answer.room, state.roomType)
      const refusal = phrases.unavailable({ room, stay: sayStay(desk, answer.room, state) })
      const more = others.length > 0 ? ` ${phrases.otherRooms(sayList(desk, others, 'or'))}` : ''
      return `${refusal}${more} ${ask(desk, state, 'alternative')}`
    }
    case 'rooms': {
      const [room] = answer.rooms
      if (!room) return `${phrases.failed} ${ask(desk, state, 'alternative')}`
      if (answer.rooms.length > 1) {
        const names = sayOptions(desk, answer.rooms)
        return `${phrases.options(sayStay(desk, room, state), names)} ${ask(desk, state, 'room-type')}`
      }
      return sayOffer(desk, state, room, telling)
    }
    default:
      return answer satisfies never
  }
}

/** The question that was asked about this answer, when nothing has to be told with it. */
function toKnownQuestion(state: State, answer: Outcome): Question | undefined {
  const isSeveral = answer.kind === 'rooms' && answer.rooms.length > 1
  const question = answer.kind !== 'rooms' ? 'alternative' : isSeveral ? 'room-type' : 'offer'
  if (question === 'offer' && state.wantsBooking) return undefined
  return state.askedTimes[question] === undefined ? undefined : question
}

function sayOffer(desk: Desk, state: State, room: Room, telling: Telling): string {
  const { phrases } = desk
  const words = toStayWords(desk, state, room)
  if (!findTool(desk, 'create_reservation')) {
    const cannot = state.wantsBooking ? ` ${phrases.cannot.book}` : ''
    return `${phrases.available(words)}${cannot} ${ask(desk, state, 'else')}`
  }
  if (!state.wantsBooking) return `${phrases.available(words)} ${ask(desk, state, 'offer')}`
  if (state.guestName === undefined) {
    const offer = telling === 'question' ? '' : `${phrases.available(words)} `
    return `${offer}${ask(desk, state, 'name')}`
  }
  return `${phrases.readBack({ ...words, name: state.guestName })} ${ask(desk, state, 'confirm')}`
}

export function toStayWords(desk: Desk, state: State, room: Room): StayWords {
  return {
    room: sayRoom(desk, room, state.roomType),
    stay: sayStay(desk, room, state),
    perNight: sayAmount(desk, room.pricePerNight, room.currency),
    total: sayAmount(desk, room.total, room.currency),
  }
}

function sayOptions(desk: Desk, rooms: readonly Room[]): string[] {
  return rooms
    .slice(0, maxOptions)
    .map((room) =>
      desk.phrases.option(
        sayRoom(desk, room, undefined),
        sayAmount(desk, room.pricePerNight, room.currency),
      ),
    )
}

/** What went wrong, by the tool's code; its message is said when it is a sentence for people. */
export function sayFailure(
  desk: Desk,
  state: State,
  failure: Extract<Outcome, { kind: 'failed' }>,
): string {
  const { phrases } = desk
  const { code, message, others } = failure
  if (/date|night|past|too_far/.test(code)) {
    return `${message ?? phrases.impossibleDate} ${ask(desk, state, 'dates')}`
  }
  if (/room_type/.test(code)) {
    const kinds = others.map((room) => sayRoom(desk, room, undefined))
    const known = kinds.length > 0 ? ` ${phrases.roomTypes(sayList(desk, kinds))}` : ''
    return `${message ?? phrases.notOffered}${known} ${ask(desk, state, 'room-type')}`
  }
  const why = message ?? (/guests/.test(code) ? phrases.tooManyGuests : phrases.failed)
  return `${why} ${ask(desk, state, 'alternative')}`
}

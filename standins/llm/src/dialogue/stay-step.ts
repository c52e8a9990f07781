import type { Reply } from '../chat.ts'
import type { StayWords } from '../phrases/phrases.ts'
import { toSpokenNumber } from '../phrases/spoken-amount.ts'
import { ask, type Desk, findTool, sayAmount, sayList, sayRoom, sayStay } from './desk.ts'
import type { Outcome, Room } from './outcome.ts'
import { currentAnswer, type State } from './state.ts'
import { toArguments } from './tool-arguments.ts'

export type Step =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'call'; readonly call: Reply['calls'][number] }

const maxOptions = 4

/** The next step towards a room: what is missing is asked, what can be known is looked up. */
export function nextStayStep(desk: Desk, state: State, options: { isRepeat: boolean }): Step {
  const { phrases } = desk
  const tool = findTool(desk, 'check_availability')
  const { stay, roomType } = state
  if (!tool) return say(`${phrases.cannot.rooms} ${ask(desk, state, 'else')}`)
  if (!stay.checkIn) {
    const isLengthKnown = stay.nights !== undefined || stay.checkOut !== undefined
    return say(ask(desk, state, isLengthKnown ? 'arrival' : 'dates'))
  }
  if (!stay.checkOut) return say(ask(desk, state, 'nights'))
  if (tool.required.includes('room_type') && roomType === undefined) {
    const kinds =
      tool.properties['room_type']?.enum.map((kind) => sayRoom(desk, { type: kind }, undefined)) ??
      []
    const known = kinds.length > 0 ? `${phrases.roomTypes(sayList(desk, kinds))} ` : ''
    return say(`${known}${ask(desk, state, 'room-type')}`)
  }
  const answer = currentAnswer(state)
  if (!answer) {
    const { checkIn, checkOut, guests } = stay
    const values = { check_in: checkIn, check_out: checkOut, room_type: roomType, guests }
    return { kind: 'call', call: { name: tool.name, arguments: toArguments(tool, values) } }
  }
  return say(sayAnswer(desk, state, answer, options))
}

/** Speaks an answer of check_availability, and asks what comes next. `isRepeat`: it was spoken before. */
function sayAnswer(
  desk: Desk,
  state: State,
  answer: Outcome,
  options: { isRepeat: boolean },
): string {
  const { phrases } = desk
  switch (answer.kind) {
    case 'failed':
      return `${answer.message ?? phrases.failed} ${ask(desk, state, 'alternative')}`
    case 'unavailable': {
      const others = sayOptions(desk, answer.others)
      const room = sayRoom(desk, answer.room, state.roomType)
      const refusal = phrases.unavailable({ room, stay: sayStay(desk, answer.room, state) })
      const more = others.length > 0 ? ` ${phrases.otherRooms(sayList(desk, others, 'or'))}` : ''
      return `${refusal}${more} ${ask(desk, state, 'alternative')}`
    }
    case 'rooms': {
      const [room] = answer.rooms
      if (!room)
        return `${phrases.unavailable({ room: sayRoom(desk, {}, state.roomType), stay: sayStay(desk, {}, state) })} ${ask(desk, state, 'alternative')}`
      if (answer.rooms.length > 1) {
        const names = sayOptions(desk, answer.rooms)
        return `${phrases.options(sayStay(desk, room, state), names)} ${ask(desk, state, 'room-type')}`
      }
      return sayOffer(desk, state, room, options)
    }
    default:
      return answer satisfies never
  }
}

function sayOffer(desk: Desk, state: State, room: Room, options: { isRepeat: boolean }): string {
  const { phrases } = desk
  const words = toStayWords(desk, state, room)
  if (!findTool(desk, 'create_reservation')) {
    const cannot = state.wantsBooking ? ` ${phrases.cannot.book}` : ''
    return `${phrases.available(words)}${cannot} ${ask(desk, state, 'else')}`
  }
  if (!state.wantsBooking) return `${phrases.available(words)} ${ask(desk, state, 'offer')}`
  if (state.guestName === undefined) {
    const offer = options.isRepeat ? '' : `${phrases.available(words)} `
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

/** The room that is on offer, when exactly one is. */
export function roomOnOffer(state: State): Room | undefined {
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

export function sayBooked(desk: Desk, state: State, outcome: Outcome, before: State): string {
  const { phrases } = desk
  const [room] = outcome.kind === 'rooms' ? outcome.rooms : []
  if (!room) {
    const why = outcome.kind === 'failed' ? outcome.message : undefined
    return why
      ? `${phrases.notBooked} ${why} ${ask(desk, state, 'alternative')}`
      : `${phrases.retry} ${ask(desk, state, 'alternative')}`
  }
  const name = room.guestName ?? before.guestName
  const number = room.number === undefined ? undefined : toSpokenNumber(room.number)
  const words = toStayWords(desk, before, room)
  return `${phrases.booked({ ...words, name, number })} ${ask(desk, state, 'else')}`
}

function say(text: string): Step {
  return { kind: 'say', text }
}

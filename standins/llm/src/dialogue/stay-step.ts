import type { Reply } from '../chat.ts'
import { ask, type Desk, findTool, sayList, sayRoom } from './desk.ts'
import { sayAnswer, type Telling } from './offer.ts'
import { currentAnswer, type State } from './state.ts'
import { toArguments } from './tool-arguments.ts'

export type Step =
  | { readonly kind: 'say'; readonly text: string }
  | { readonly kind: 'call'; readonly call: Reply['calls'][number] }

/** The next step towards a room: what is missing is asked, what can be known is looked up. */
export function nextStayStep(desk: Desk, state: State, telling: Telling): Step {
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
    const kinds = (tool.properties['room_type']?.choices ?? []).map(({ value, name }) =>
      sayRoom(desk, { type: value, ...(name === value ? {} : { name }) }, undefined),
    )
    const known = kinds.length > 0 ? `${phrases.roomTypes(sayList(desk, kinds))} ` : ''
    return say(`${known}${ask(desk, state, 'room-type')}`)
  }
  const answer = currentAnswer(state)
  if (!answer) {
    const { checkIn, checkOut, guests } = stay
    const values = { check_in: checkIn, check_out: checkOut, room_type: roomType, guests }
    return { kind: 'call', call: { name: tool.name, arguments: toArguments(tool, values) } }
  }
  return say(sayAnswer(desk, state, answer, telling))
}

function say(text: string): Step {
  return { kind: 'say', text }
}

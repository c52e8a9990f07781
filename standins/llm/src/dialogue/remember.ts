import { z } from 'zod'
import type { Message, ToolCall } from '../chat.ts'
import { isDay } from '../understand/day.ts'
import { findAsked } from './asked.ts'
import { type Listening, listen } from './listen.ts'
import { type Outcome, readOutcome } from './outcome.ts'
import { emptyState, type State, toStayKey } from './state.ts'

/** Replays a conversation; all that is known comes out of its messages. */
export function remember(messages: readonly Message[], options: Listening): State {
  let state: State = emptyState
  const calls = new Map<string, ToolCall>()
  for (const message of messages) {
    switch (message.role) {
      case 'user':
        state = listen(state, message.text, options)
        break
      case 'assistant':
        for (const call of message.calls) calls.set(call.id, call)
        state = hearSelf(state, message, options)
        break
      case 'tool': {
        const call = calls.get(message.callId)
        if (call) state = learn(state, call, message.text)
        break
      }
      case 'system':
        break
      default:
        message satisfies never
    }
  }
  return state
}

function hearSelf(
  state: State,
  message: Extract<Message, { role: 'assistant' }>,
  options: Listening,
): State {
  if (message.text.trim() === '') return state
  const asked = findAsked(message.text, options.language)
  const times = asked ? { [asked]: (state.askedTimes[asked] ?? 0) + 1 } : {}
  return {
    ...state,
    asked,
    askedTimes: { ...state.askedTimes, ...times },
    lastSaid: message.text,
    isTold: true,
    goodbyeSaid: message.calls.some(({ name }) => name === 'end_call'),
  }
}

const guests = z.coerce.number().optional().catch(undefined)
const word = z.string().optional().catch(undefined)

function learn(before: State, call: ToolCall, text: string): State {
  const state: State = { ...before, isTold: false }
  const results = [...state.turn.results, { call, text }]
  const turn = { ...state.turn, results }
  const outcome = readOutcome(text)
  switch (call.name) {
    case 'check_availability': {
      const { check_in: checkIn, check_out: checkOut } = call.arguments
      if (!isDay(checkIn) || !isDay(checkOut)) return { ...state, turn }
      const roomType = word.parse(call.arguments['room_type'])
      const count = guests.parse(call.arguments['guests'])
      const answer = roomType === undefined ? withOthers(outcome) : outcome
      const known: State = {
        ...state,
        goal: 'stay',
        roomType: roomType ?? state.roomType,
        stay: { ...state.stay, checkIn, checkOut },
        turn,
      }
      // It also answers what is known now: the tool may have no field for guests or kind of room.
      const keys = [
        toStayKey(checkIn, checkOut, { roomType, guests: count }),
        toStayKey(checkIn, checkOut, { roomType: known.roomType, guests: known.stay.guests }),
      ]
      return {
        ...known,
        answers: new Map([...state.answers, ...keys.map((key) => [key, answer] as const)]),
      }
    }
    case 'create_reservation':
      // Done is done: what was asked for before must not be booked again by a late "yes".
      return outcome.kind === 'rooms'
        ? {
            ...state,
            goal: 'none',
            wantsBooking: false,
            stay: {},
            roomType: undefined,
            answers: new Map(),
            turn,
          }
        : { ...state, turn: { ...turn, isConfirmed: false } }
    case 'get_reservation':
      return {
        ...state,
        goal: 'none',
        reservationNumber: undefined,
        lookupName: undefined,
        turn: { ...turn, wantsLookup: false },
      }
    case 'get_hotel_info':
      return { ...state, turn: { ...turn, topics: turn.topics.slice(1) } }
    default:
      return { ...state, turn }
  }
}

/** Who named no kind of room is told of all that the result names. */
function withOthers(outcome: Outcome): Outcome {
  if (outcome.kind !== 'rooms') return outcome
  return { kind: 'rooms', rooms: [...outcome.rooms, ...outcome.others], others: [] }
}

import type { CallEvent, CallEventOf, CallRecord, TurnRecord } from '@trunkline/contracts'
import { toCallInput, transitionCall } from './call-machine.ts'

/** The turnId under which the greeting is spoken and heard. */
export const greetingTurnId = 'greeting'

export function toCallRecord(id: string, event: CallEventOf<'call-created'>): CallRecord {
  return {
    id,
    line: event.line,
    state: 'created',
    room: event.room,
    roomSid: event.roomSid,
    createdAt: event.at,
    greeting: event.greeting,
    turns: [],
  }
}

/** The record after an event; the very same object when the event changes nothing that is recorded. */
export function applyEvent(record: CallRecord, event: CallEvent): CallRecord {
  const input = toCallInput(event)
  if (input) {
    const state = transitionCall(record.state, input)
    if (!state) return record
    return applyFacts({ ...record, state }, event)
  }
  return applyFacts(record, event)
}

function applyFacts(record: CallRecord, event: CallEvent): CallRecord {
  switch (event.type) {
    case 'call-started':
      return {
        ...record,
        direction: event.direction,
        ...(event.sipCallId === undefined ? {} : { sipCallId: event.sipCallId }),
      }
    case 'call-active':
      return { ...record, activeAt: event.at }
    case 'call-ending':
      return { ...record, endReason: event.reason }
    case 'call-ended':
      return { ...record, endReason: event.reason, endedAt: event.at }
    case 'turn-received':
      return { ...record, turns: [...superseded(record.turns, event), toTurnRecord(event)] }
    case 'heard':
      if (event.turnId === greetingTurnId) return { ...record, greetingHeard: event.text }
      return withTurn(record, event)
    case 'tool-called':
    case 'tool-finished':
    case 'say':
    case 'say-started':
    case 'turn-cancelled':
    case 'turn-finished':
    case 'turn-failed':
    case 'turn-stats':
      return withTurn(record, event)
    default:
      return record
  }
}

function toTurnRecord(event: CallEventOf<'turn-received'>): TurnRecord {
  return {
    turnId: event.turnId,
    state: 'processing',
    receivedAt: event.at,
    text: event.text,
    language: event.language,
    reply: '',
    interrupted: false,
    tools: [],
  }
}

function superseded(
  turns: readonly TurnRecord[],
  event: CallEventOf<'turn-received'>,
): TurnRecord[] {
  return turns.map((turn) =>
    turn.turnId === event.supersedes ? { ...turn, state: 'superseded' } : turn,
  )
}

function withTurn(record: CallRecord, event: CallEvent & { turnId: string }): CallRecord {
  const index = record.turns.findIndex((turn) => turn.turnId === event.turnId)
  const turn = record.turns[index]
  if (!turn) return record // a prompt of the orchestrator's own belongs to no turn
  const next = applyToTurn(turn, event)
  return next === turn ? record : { ...record, turns: record.turns.with(index, next) }
}

function applyToTurn(turn: TurnRecord, event: CallEvent): TurnRecord {
  switch (event.type) {
    case 'say':
      return { ...turn, reply: turn.reply ? `${turn.reply} ${event.text}` : event.text }
    case 'say-started':
      return turn.state === 'processing' ? { ...turn, state: 'speaking' } : turn
    case 'heard':
      return { ...turn, heard: event.text, interrupted: event.interrupted }
    case 'turn-cancelled':
      return turn.state === 'superseded' ? turn : { ...turn, state: 'cancelled', interrupted: true }
    case 'turn-finished':
      return isOpen(turn) ? { ...turn, state: 'finished' } : turn
    case 'turn-failed':
      return isOpen(turn) ? { ...turn, state: 'failed' } : turn
    case 'turn-stats':
      return { ...turn, waterfall: event.waterfall }
    case 'tool-called':
      return { ...turn, tools: [...turn.tools, toToolCall(event)] }
    case 'tool-finished':
      return { ...turn, tools: finished(turn.tools, event) }
    default:
      return turn
  }
}

function isOpen(turn: TurnRecord): boolean {
  return turn.state === 'processing' || turn.state === 'speaking'
}

type ToolCall = TurnRecord['tools'][number]

function toToolCall(event: CallEventOf<'tool-called'>): ToolCall {
  const { toolCallId, name } = event
  const id = toolCallId === undefined ? {} : { toolCallId }
  return { ...id, name, arguments: event.arguments, ok: false, result: null }
}

function finished(tools: readonly ToolCall[], event: CallEventOf<'tool-finished'>): ToolCall[] {
  const index = tools.findIndex(
    (tool) =>
      tool.toolCallId === event.toolCallId && tool.name === event.name && tool.result === null,
  )
  const tool = tools[index]
  if (!tool) return [...tools]
  return tools.with(index, { ...tool, ok: event.ok, result: event.result ?? {} })
}

/** Rebuilds what is stored under `call:{id}` from the call's event stream; undefined without its beginning. */
export function rebuildRecord(id: string, events: readonly CallEvent[]): CallRecord | undefined {
  const [first, ...rest] = events
  if (first?.type !== 'call-created') return undefined
  return rest.reduce(applyEvent, toCallRecord(id, first))
}

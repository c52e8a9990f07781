import type { CallEvent, CallEventOf, CallRecord, TurnRecord } from '@trunkline/contracts'
import { applyAction, applyActionResult } from './apply-action.ts'
import { applyToPrompts, applyToSays, toText } from './apply-say.ts'
import { applyTransfer } from './apply-transfer.ts'
import { toCallInput, transitionCall } from './call-machine.ts'
import { readRecordingConsent } from './recording-consent.ts'
import { toTurnInput, transitionTurn } from './turn-machine.ts'

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
    ...(event.onMachine === undefined ? {} : { onMachine: event.onMachine }),
    turns: [],
  }
}

/** The record after an event; the very same object when the event changes nothing that is recorded. */
export function applyEvent(record: CallRecord, event: CallEvent): CallRecord {
  if (event.type === 'call-restored') return event.call
  const input = toCallInput(event)
  if (input) {
    const state = transitionCall(record.state, input)
    if (!state) return record
    return applyPhase(applyFacts({ ...record, state }, event), event)
  }
  return applyPhase(applyFacts(record, event), event)
}

/** What the event means for the turn as the caller hears it; undefined when nothing. Of the record after it. */
export function readTurnInput(record: CallRecord, event: CallEvent) {
  const turn = 'turnId' in event ? record.turns.find((t) => t.turnId === event.turnId) : undefined
  return toTurnInput(event, { said: turn !== undefined && turn.reply !== '' })
}

function applyPhase(record: CallRecord, event: CallEvent): CallRecord {
  const input = readTurnInput(record, event)
  const { phase = 'idle' } = record
  const next = input === undefined ? undefined : transitionTurn(phase, input)
  return next === undefined || next === record.phase ? record : { ...record, phase: next }
}

function applyFacts(record: CallRecord, event: CallEvent): CallRecord {
  switch (event.type) {
    case 'call-started':
      return {
        ...record,
        direction: event.direction,
        ...(event.sipCallId === undefined ? {} : { sipCallId: event.sipCallId }),
        ...(event.callerHash === undefined ? {} : { callerHash: event.callerHash }),
      }
    case 'call-active':
      return { ...record, activeAt: event.at }
    case 'consent':
    case 'external-event': {
      const recordingConsent = readRecordingConsent(event)
      return recordingConsent ? { ...record, recordingConsent } : record
    }
    case 'answered-by':
      return { ...record, answeredBy: event.by }
    case 'call-ending':
      return { ...record, endReason: event.reason }
    case 'call-ended':
      return { ...record, endReason: event.reason, endedAt: event.at }
    case 'turn-received':
      return { ...record, turns: [...superseded(record.turns, event), toTurnRecord(event)] }
    case 'heard':
      if (event.turnId === greetingTurnId) return { ...record, greetingHeard: event.text }
      return withTurn(record, event)
    case 'job-linked': {
      const { jobId, epoch } = event
      return { ...record, job: { jobId, epoch, isLost: false } }
    }
    case 'job-lost':
      return withJob(record, event, { isLost: true })
    case 'job-back':
      return withJob(record, event, { isLost: false })
    case 'action':
      return applyAction(record, event)
    case 'action-finished':
      return applyActionResult(record, event)
    case 'call-transferring':
    case 'transfer-stage':
    case 'transfer-failed':
    case 'call-bridged':
      return applyTransfer(record, event)
    case 'say-finished':
    case 'turn-resumed':
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

function withJob(
  record: CallRecord,
  { jobId }: { jobId: string },
  change: { isLost: boolean },
): CallRecord {
  const { job } = record
  if (job?.jobId !== jobId || job.isLost === change.isLost) return record
  return { ...record, job: { ...job, ...change } }
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
  if (!turn) return applyToPrompts(record, event)
  const next = applyToTurn(turn, event)
  return next === turn ? record : { ...record, turns: record.turns.with(index, next) }
}

function applyToTurn(turn: TurnRecord, event: CallEvent): TurnRecord {
  switch (event.type) {
    case 'say':
      return withSays(turn, event)
    case 'say-started': {
      const next = withSays(turn, event)
      return turn.state === 'processing' ? { ...next, state: 'speaking' } : next
    }
    case 'say-finished':
      return withSays(turn, event)
    case 'turn-resumed':
      // What a dead process had begun to ask a tool has no answer: it is asked again.
      return { ...turn, tools: turn.tools.filter(({ result }) => result !== null) }
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
      return { ...turn, tools: [...turn.tools, toToolCall(event, turn)] }
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

function withSays(
  turn: TurnRecord,
  event: CallEventOf<'say' | 'say-started' | 'say-finished'>,
): TurnRecord {
  const says = applyToSays(turn.says ?? [], event)
  return { ...turn, says, reply: toText(says) }
}

function toToolCall(event: CallEventOf<'tool-called'>, { says = [] }: TurnRecord): ToolCall {
  const { toolCallId, name } = event
  return {
    ...(toolCallId === undefined ? {} : { toolCallId }),
    ...{ name, arguments: event.arguments, ok: false, result: null, afterSays: says.length },
  }
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
  if (first?.type === 'call-restored') return rest.reduce(applyEvent, first.call)
  if (first?.type !== 'call-created') return undefined
  return rest.reduce(applyEvent, toCallRecord(id, first))
}

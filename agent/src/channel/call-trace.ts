import type { TurnMarkTimes } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import { recordSpan, type Span, startSpan, traceparentOf, within } from '@trunkline/telemetry'
import type { Outgoing } from './outgoing.ts'

/**
 * The call's trace: a span of the call, one a turn under it, and under that what the agent knows of recognition and
 * playing. All of it is read off the messages that leave, so that nobody else has to think of it.
 */
export interface CallTrace {
  /** For `hello`, and for who serves the whole call. */
  readonly traceparent: string | undefined
  /** The message as it goes out: a turn carries its `traceparent`. */
  outgoing(message: Outgoing): Outgoing
  /** Handles what came in for a turn; what it begins belongs to that turn. */
  incoming(message: { readonly type: string; readonly turnId?: string }, handle: () => void): void
}

interface TurnSpan {
  readonly span: Span
  readonly marks: TurnMarkTimes
}

const maxOpenTurns = 32

export function createCallTrace(): CallTrace {
  // agents-js runs a job within a span of its own, which is not exported.
  const call = startSpan('call', { parent: null })
  const turns = new Map<string, TurnSpan>()

  const begin = (turnId: string, startAt: number) => {
    const span = startSpan('turn', { parent: call, startAt, attributes: { turnId } })
    turns.set(turnId, { span, marks: {} })
    const [oldest] = turns.keys()
    if (turns.size > maxOpenTurns && oldest !== undefined) end(oldest)
    return traceparentOf(span)
  }
  const end = (turnId: string, outcome?: 'dropped' | 'interrupted' | 'superseded') => {
    const turn = turns.get(turnId)
    if (!turn) return
    turns.delete(turnId)
    const { span, marks } = turn
    const playedFrom = marks['first-frame']
    if (playedFrom !== undefined) {
      recordSpan('playout', { parent: span, startAt: playedFrom, endAt: epochNow() })
    }
    if (outcome) span.setAttribute('outcome', outcome)
    span.end()
  }
  const takeMarks = (turnId: string, marks: TurnMarkTimes) => {
    const turn = turns.get(turnId)
    if (!turn) return
    turns.set(turnId, { ...turn, marks })
    const { 'speech-ended': startAt, 'final-received': endAt } = marks
    if (startAt === undefined || endAt === undefined) return
    recordSpan('asr', { parent: turn.span, startAt, endAt })
  }

  return {
    traceparent: traceparentOf(call),
    outgoing(message) {
      switch (message.type) {
        case 'turn': {
          if (message.supersedes !== undefined) end(message.supersedes, 'superseded')
          const traceparent = begin(message.turnId, message.speechEndedAt ?? epochNow())
          return traceparent === undefined ? message : { ...message, traceparent }
        }
        case 'turn-drop':
          end(message.turnId, 'dropped')
          return message
        case 'stats':
          takeMarks(message.turnId, message.marks ?? {})
          return message
        case 'heard':
          end(message.turnId, message.interrupted ? 'interrupted' : undefined)
          return message
        case 'call-ended':
        case 'leaving':
          for (const turnId of [...turns.keys()]) end(turnId)
          call.setAttribute('end', message.type)
          call.end()
          return message
        default:
          return message
      }
    },
    incoming: ({ turnId = '' }, handle) => within(turns.get(turnId)?.span ?? call, handle),
  }
}

import type { CallEvent, Waterfall } from '@trunkline/contracts'

const greetingTurnId = 'greeting'

/** One turn as the event stream tells it. */
export interface ConversationTurn {
  readonly turnId: string
  readonly receivedAt: number
  readonly callerText: string
  readonly source: string
  /** Sentences sent to be said, and how many of them were played to the end. */
  readonly sentences: readonly string[]
  readonly played: number
  readonly firstSayStartedAt?: number
  readonly heard?: string
  readonly interrupted: boolean
  readonly state: 'open' | 'finished' | 'cancelled' | 'superseded' | 'failed'
  readonly waterfall?: Waterfall
  /** When the agent gave the reply's first sample to the room. */
  readonly firstSampleAt?: number
  readonly bargeInStopMs?: number
}

export interface Conversation {
  readonly greeting: string | undefined
  readonly greetingOver: boolean
  readonly turns: readonly ConversationTurn[]
  readonly endReason: string | undefined
}

export const emptyConversation: Conversation = {
  greeting: undefined,
  greetingOver: false,
  turns: [],
  endReason: undefined,
}

/** The conversation after one more event. */
export function applyEvent(conversation: Conversation, event: CallEvent): Conversation {
  switch (event.type) {
    case 'call-created':
      return { ...conversation, greeting: event.greeting }
    case 'call-ending':
    case 'call-ended':
      return { ...conversation, endReason: event.reason }
    case 'turn-received': {
      const turns = conversation.turns.map((turn) =>
        turn.turnId === event.supersedes ? { ...turn, state: 'superseded' as const } : turn,
      )
      const { turnId, at: receivedAt, text: callerText, source } = event
      const fresh = { sentences: [], played: 0, interrupted: false, state: 'open' as const }
      return {
        ...conversation,
        turns: [...turns, { turnId, receivedAt, callerText, source, ...fresh }],
      }
    }
    case 'say':
      return change(conversation, event.turnId, (turn) => ({
        ...turn,
        sentences: [...turn.sentences, event.text],
      }))
    case 'say-started':
      return change(conversation, event.turnId, (turn) => ({
        ...turn,
        firstSayStartedAt: turn.firstSayStartedAt ?? event.at,
      }))
    case 'say-finished':
      if (event.turnId === greetingTurnId) return { ...conversation, greetingOver: true }
      return change(conversation, event.turnId, (turn) => ({ ...turn, played: turn.played + 1 }))
    case 'heard':
      if (event.turnId === greetingTurnId) return { ...conversation, greetingOver: true }
      return change(conversation, event.turnId, (turn) => ({
        ...turn,
        heard: event.text,
        interrupted: turn.interrupted || event.interrupted,
      }))
    case 'turn-cancelled':
      return change(conversation, event.turnId, (turn) => ({ ...close(turn, 'cancelled') }))
    case 'turn-failed':
      return change(conversation, event.turnId, (turn) => close(turn, 'failed'))
    case 'turn-finished':
      return change(conversation, event.turnId, (turn) => close(turn, 'finished'))
    case 'turn-stats':
      return change(conversation, event.turnId, (turn) => ({
        ...turn,
        waterfall: event.waterfall,
        firstSampleAt: turn.firstSampleAt ?? event.firstSampleAt,
        ...(event.bargeInStopMs === undefined ? {} : { bargeInStopMs: event.bargeInStopMs }),
      }))
    default:
      return conversation
  }
}

/** Whether nothing more will be said for this turn. */
export function isSettled(turn: ConversationTurn): boolean {
  if (turn.state === 'open') return false
  if (turn.state !== 'finished') return true
  return turn.heard !== undefined || turn.played >= turn.sentences.length
}

/** Whether a turn that holds what the caller said up to `spokenUntil` (epoch ms) is there and over, as all others are. */
export function isAnswered(conversation: Conversation, spokenUntil: number): boolean {
  const { turns } = conversation
  return turns.some(({ receivedAt }) => receivedAt >= spokenUntil) && turns.every(isSettled)
}

function change(
  conversation: Conversation,
  turnId: string,
  next: (turn: ConversationTurn) => ConversationTurn,
): Conversation {
  const turns = conversation.turns.map((turn) => (turn.turnId === turnId ? next(turn) : turn))
  return { ...conversation, turns }
}

function close(turn: ConversationTurn, state: ConversationTurn['state']): ConversationTurn {
  return turn.state === 'open' || state === 'cancelled' ? { ...turn, state } : turn
}

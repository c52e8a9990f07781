import type { AgentMessageOf } from '@trunkline/contracts'
import type { Listening } from '../listening/listening.ts'
import type { Turn } from './conversation.ts'
import type { TurnBook } from './turn-book.ts'

interface TurnMessage {
  readonly message: Omit<AgentMessageOf<'turn'>, 'seq' | 'at'>
  /** End of speech to final, for the turn's own report; it is not known of a written turn. */
  readonly asrFinalMs?: number
}

/** A finished turn as the orchestrator is told it. */
export function toTurnMessage(
  { confidence, source }: Turn,
  {
    numbered,
    heard: { asrFinalMs, ...heard },
  }: { numbered: ReturnType<TurnBook['commit']>; heard: ReturnType<Listening['takeTurn']> },
): TurnMessage {
  const message = { type: 'turn', ...numbered, confidence, source } as const
  if (source === 'text') {
    const { language } = heard
    return { message: { ...message, language, endOfTurn: { reason: 'text' } } }
  }
  return {
    message: { ...message, ...heard },
    ...(asrFinalMs !== undefined && { asrFinalMs }),
  }
}

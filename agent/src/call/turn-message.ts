import type { AgentMessageOf } from '@trunkline/contracts'
import type { HeardTurn } from '../listening/listening.ts'
import type { NumberedTurn, TurnKind } from './turn-book.ts'

/** What the caller has said, typed or keyed in, as one turn. */
export interface Turn extends TurnKind {
  readonly text: string
  readonly confidence: number
}

type Unnumbered<T> = Omit<T, 'seq' | 'at'>

interface Parts {
  readonly numbered: NumberedTurn
  readonly heard: HeardTurn
}

/** A turn as the orchestrator is told it. */
export function toTurnMessage(
  turn: Turn,
  { numbered, heard, isSpeculative }: Parts & { isSpeculative: boolean },
): Unnumbered<AgentMessageOf<'turn'>> {
  const speculative = isSpeculative && { speculative: true }
  const secret = turn.isSecret && { secret: true }
  return { type: 'turn', ...toFields(turn, { numbered, heard }), ...speculative, ...secret }
}

/** A speculation that has come true: it repeats the turn as it is now. */
export function toConfirmMessage(
  turn: Turn,
  parts: Parts,
): Unnumbered<AgentMessageOf<'turn-confirm'>> {
  return { type: 'turn-confirm', ...toFields(turn, parts) }
}

function toFields({ confidence, source }: Turn, { numbered, heard }: Parts) {
  const { turnId, text, supersedes } = numbered
  const { language, words, speechEndedAt, endOfTurn } = heard
  const fields = {
    ...{ turnId, text, language, confidence, source },
    ...(supersedes && { supersedes }),
  }
  if (source !== 'speech') return { ...fields, endOfTurn: { reason: source } }
  return {
    ...fields,
    endOfTurn,
    ...(words && { words }),
    ...(speechEndedAt !== undefined && { speechEndedAt }),
  }
}

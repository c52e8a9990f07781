import type {
  AgentMessageOf,
  CallEventOf,
  CallRecord,
  Line,
  TurnRecord,
} from '@trunkline/contracts'
import { applyEvent } from '../calls/apply-event.ts'
import { toHistory } from '../calls/history.ts'
import { toProgress } from '../calls/resume.ts'
import { toLineSpeech } from '../calls/speech.ts'
import type { DialogueTurn } from '../dialogue/dialogue.ts'

/** What running a turn needs of it. */
export type TurnText = Pick<AgentMessageOf<'turn'>, 'turnId' | 'text' | 'language'>

export interface TurnRequestOptions {
  readonly line: Line
  readonly epoch: number
  readonly hints: readonly string[]
  /** The turn as another process has begun it. */
  readonly begun?: TurnRecord | undefined
}

/** A turn on record, as the dialogue is asked about it. */
export function toTurnRequest(
  record: CallRecord,
  { turnId, text, language }: TurnText,
  { line, epoch, hints, begun }: TurnRequestOptions,
): DialogueTurn {
  return {
    ...{ hints, callId: record.id, turnId, epoch, line, text },
    language: toLineSpeech(line, language).language,
    history: toHistory(record, { before: turnId }),
    ...(begun ? { progress: toProgress(begun) } : {}),
  }
}

/** How a turn is put on record. */
export function toReceived(
  { turnId, text, language, source, supersedes }: AgentMessageOf<'turn'>,
  { at }: { at: number },
): CallEventOf<'turn-received'> {
  const replaces = supersedes === undefined ? {} : { supersedes }
  return { at, type: 'turn-received', turnId, text, language, source, ...replaces }
}

/** The call as it will be when the turn is taken while `runningTurnId` is answered. Nothing is put on record. */
export function previewTurn(
  record: CallRecord,
  turn: AgentMessageOf<'turn'>,
  { at, runningTurnId }: { at: number; runningTurnId: string | undefined },
): CallRecord {
  const received = toReceived(turn, { at })
  if (runningTurnId === undefined || runningTurnId === turn.supersedes) {
    return applyEvent(record, received)
  }
  const cancelled = { at, type: 'turn-cancelled', turnId: runningTurnId } as const
  return applyEvent(applyEvent(record, cancelled), received)
}

import { streamInSpan } from '@trunkline/telemetry'
import type { Dialogue } from '../dialogue/dialogue.ts'

/** The dialogue of one call, each reply of it in a span under its turn's. */
export interface TracedDialogue extends Dialogue {
  /** A turn has come in: its reply belongs to it, and else to whatever the code runs in. */
  noteTurn(turn: { readonly turnId: string; readonly traceparent?: string | undefined }): void
}

const rememberedTurns = 32

export function traceDialogue(dialogue: Dialogue, { callId }: { callId: string }): TracedDialogue {
  const parents = new Map<string, string>()
  return {
    noteTurn({ turnId, traceparent }) {
      if (traceparent === undefined) return
      parents.set(turnId, traceparent)
      const [oldest] = parents.keys()
      if (parents.size > rememberedTurns && oldest !== undefined) parents.delete(oldest)
    },
    streamTurn(turn, options) {
      const { turnId } = turn
      const parent = parents.get(turnId)
      return streamInSpan('llm', { parent, attributes: { callId, turnId } }, () =>
        dialogue.streamTurn(turn, options),
      )
    },
  }
}

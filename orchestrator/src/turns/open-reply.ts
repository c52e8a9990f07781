import type { TurnRunnerDeps } from '../calls/turn-runner.ts'
import type { DialogueEvent, DialogueTurn } from '../dialogue/dialogue.ts'
import type { Speculation } from './speculation.ts'

/** Where a reply comes from. */
export type ReplySource =
  | { readonly kind: 'model' }
  /** Begun before the turn was certain. When the turn came out otherwise, the model is asked anew. */
  | { readonly kind: 'speculation'; readonly speculation: Speculation }
  /** Fixed words, without the model, and a question of the model's said once more. */
  | {
      readonly kind: 'words'
      readonly text: string
      readonly question?: string | undefined
      readonly endsCall?: boolean
    }

export interface OpenReply {
  readonly events: AsyncIterable<DialogueEvent>
  /** When it was begun, epoch milliseconds. */
  readonly askedAt: number
  /** When its first clause was there already; undefined: it is still to come. */
  readonly firstClauseAt?: number | undefined
}

type Deps = Pick<TurnRunnerDeps, 'dialogue' | 'marks' | 'now' | 'speculations' | 'secret'>

export function openReply(
  { dialogue, marks, now, speculations, secret }: Deps,
  { request, source, signal }: { request: DialogueTurn; source: ReplySource; signal: AbortSignal },
): OpenReply {
  const { turnId } = request
  if (source.kind === 'speculation') {
    const { speculation } = source
    if (speculation.answers(request)) {
      const { asked, firstToken, firstClause } = speculation.times
      marks.mark(turnId, 'asked', asked)
      if (firstToken !== undefined) marks.mark(turnId, 'first-token', firstToken)
      if (firstClause !== undefined) marks.mark(turnId, 'first-clause', firstClause)
      speculations.settle(speculation, 'confirmed')
      return { events: speculation.take(signal), askedAt: asked, firstClauseAt: firstClause }
    }
    speculations.settle(speculation, speculation.hasFailed ? 'failed' : 'changed')
  }
  const askedAt = now()
  marks.mark(turnId, 'asked', askedAt)
  if (source.kind === 'words') return { events: toEvents(source), askedAt }
  return { events: dialogue.streamTurn(request, { signal, secret }), askedAt }
}

/** The turn is stopped before it has come to its reply. */
export function forgetReply({ speculations }: Pick<Deps, 'speculations'>, source: ReplySource) {
  if (source.kind === 'speculation') speculations.settle(source.speculation, 'dropped')
}

async function* toEvents({
  text,
  question,
  endsCall = false,
}: Extract<ReplySource, { kind: 'words' }>): AsyncGenerator<DialogueEvent> {
  yield { type: 'sentence', text, isFixed: true }
  if (question !== undefined) yield { type: 'sentence', text: question }
  if (endsCall) yield { type: 'end-call', reason: 'as the caller wished' }
}

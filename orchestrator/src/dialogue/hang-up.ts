import { askModel, type StepOptions } from './ask-model.ts'
import type { DialogueEvent } from './dialogue.ts'
import { sayGoodbye } from './end-call.ts'
import { LlmError } from './llm-error.ts'
import { appendTool } from './messages.ts'
import { parseCall } from './parse-call.ts'
import type { CollectedCall } from './tool-call-collector.ts'
import type { TurnDeps, TurnState } from './turn-state.ts'

/** The goodbye comes first: when the model hung up without a word it is asked for one, once. */
export async function* hangUp(
  deps: TurnDeps,
  state: TurnState,
  {
    call,
    hasSpoken,
    splitter,
  }: { call: CollectedCall; hasSpoken: boolean } & Omit<StepOptions, 'step'>,
): AsyncGenerator<DialogueEvent> {
  const parsed = parseCall(call, state.tools)
  const args = parsed.arguments ?? {}
  const { id: toolCallId, name } = call
  yield { type: 'tool-called', toolCallId, name, arguments: args }
  yield { type: 'tool-finished', toolCallId, name, ok: true, result: { status: 'ending' } }
  if (!hasSpoken) {
    appendTool(state.messages, {
      toolCallId,
      name,
      arguments: JSON.stringify(args),
      result: sayGoodbye,
    })
    try {
      yield* askModel(deps, state, { step: 2, splitter, toolChoice: 'none' })
      // In place of its goodbye the caller was asked how to go on.
      if (state.claims.isCorrected) return
    } catch (error) {
      state.signal.throwIfAborted()
      // The call ends all the same, only without a word.
      if (!(error instanceof LlmError)) throw error
      deps.metrics.llmError(error.code)
      deps.logger.warn({ code: error.code }, 'no goodbye from the model')
    }
  }
  const reason = args['reason']
  yield { type: 'end-call', reason: typeof reason === 'string' ? reason : '' }
}

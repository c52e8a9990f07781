import type { DialogueEvent, Usage } from './dialogue.ts'
import { estimateTokens } from './estimate-tokens.ts'
import type { LlmTool } from './llm-client.ts'
import { type ModelReply, streamReply } from './model-reply.ts'
import type { SentenceSplitter } from './sentence-splitter.ts'
import type { Tool } from './tool.ts'
import type { TurnDeps, TurnState } from './turn-state.ts'

export interface StepOptions {
  readonly step: number
  readonly splitter: SentenceSplitter
  readonly toolChoice?: 'auto' | 'none'
  /** What was said of this reply already: it is not said again. */
  readonly spoken?: readonly string[]
}

/** One model call: yields what is for ears, returns what it came to. */
export async function* askModel(
  deps: TurnDeps,
  state: TurnState,
  { step, splitter, toolChoice = 'auto', spoken = [] }: StepOptions,
): AsyncGenerator<DialogueEvent, ModelReply> {
  const { llm, config, metrics, logger } = deps
  const { turn, signal, messages, claims } = state
  const askedAt = performance.now()
  const tools = state.tools.map(toLlmTool)
  state.onAsked?.({
    model: config.model,
    promptTokens: estimateTokens(JSON.stringify([messages, tools])),
  })
  const reply = streamReply(
    llm,
    { messages, tools, toolChoice },
    {
      signal,
      splitter,
      spoken,
      timeouts: deps.timeouts,
      newId: (index) => `${turn.turnId}-${step}-${index}`,
      onRetry: (error) => {
        metrics.llmError(error.code)
        logger.warn({ code: error.code, step }, 'model is asked again')
      },
    },
  )
  const said: string[] = []
  claims.begin()
  for (;;) {
    const next = await reply.next()
    if (next.done) {
      const { usage, calls } = next.value
      state.usage = addUsage(state.usage, usage)
      const correction = claims.correct(calls.map(({ name }) => name))
      if (correction !== undefined) {
        said.push(correction)
        yield { type: 'sentence', text: correction, isFixed: true }
      }
      // The model is shown what was said, as in the next turn.
      const text = said.join(' ')
      return claims.hasWithheld || correction
        ? { ...next.value, text, hasSpoken: text !== '' }
        : next.value
    }
    if (next.value.type === 'sentence') {
      if (!claims.admits(next.value.text)) continue
      said.push(next.value.text)
      yield next.value
    } else if (step === 1) {
      const ttftMs = performance.now() - askedAt
      metrics.llmFirstToken(ttftMs, { model: config.model })
      yield { type: 'first-token', model: config.model, ttftMs }
    }
  }
}

function toLlmTool({ name, description, parameters }: Tool): LlmTool {
  return { type: 'function', function: { name, description, parameters: { ...parameters } } }
}

function addUsage(sum: Usage | undefined, more: Usage | undefined): Usage | undefined {
  if (!sum || !more) return sum ?? more
  return {
    promptTokens: sum.promptTokens + more.promptTokens,
    completionTokens: sum.completionTokens + more.completionTokens,
    totalTokens: sum.totalTokens + more.totalTokens,
  }
}

import { joinSignals } from '@trunkline/runtime'
import { answerCall } from './answer-call.ts'
import { askModel } from './ask-model.ts'
import { createClaimGuard } from './claim-guard.ts'
import type { DialogueEvent, DialogueTurn, StreamTurnOptions } from './dialogue.ts'
import { endCallName, endCallTool } from './end-call.ts'
import { hangUp } from './hang-up.ts'
import { LlmError } from './llm-error.ts'
import { appendReply, toMessages } from './messages.ts'
import { createSentenceSplitter } from './sentence-splitter.ts'
import { toSystemPrompt } from './system-prompt.ts'
import type { Tool } from './tool.ts'
import type { TurnDeps, TurnState } from './turn-state.ts'

/** Model calls in one turn; more means that it goes round in circles. */
const maxSteps = 8

/** One caller turn: model calls and tools in turn until the model has answered. Contract: `Dialogue.streamTurn`. */
export async function* streamTurn(
  deps: TurnDeps,
  turn: DialogueTurn,
  { signal, certain, onAsked, secret }: StreamTurnOptions,
): AsyncGenerator<DialogueEvent> {
  const { config, metrics } = deps
  const startedAt = performance.now()
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(new LlmError('timeout')), deps.timeouts.turnMs)
  // Its abort reaches the model also when the reader just stops reading.
  const reader = new AbortController()
  try {
    const { signal: both } = joinSignals([signal, deadline.signal, reader.signal])
    const tools = toolsOf(deps, turn)
    const state: TurnState = {
      turn,
      signal: both,
      tools,
      claims: guardClaims(deps, { turn, tools }),
      messages: toMessages({
        systemPrompt: toSystemPrompt({
          ...turn,
          now: deps.now(),
          systemPrompt: config.systemPrompt,
        }),
        history: turn.history,
        text: turn.text,
        progress: turn.progress,
      }),
      usage: undefined,
      ...(certain && { certain }),
      ...(onAsked && { onAsked }),
      ...(secret && { secret }),
    }
    yield* runSteps(deps, state)
    const totalMs = performance.now() - startedAt
    metrics.llmTotal(totalMs, { model: config.model })
    const { usage } = state
    yield { type: 'finished', model: config.model, totalMs, ...(usage ? { usage } : {}) }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof LlmError) metrics.llmError(error.code)
    throw error
  } finally {
    clearTimeout(timer)
    reader.abort()
  }
}

function toolsOf(deps: TurnDeps, { line }: DialogueTurn): readonly Tool[] {
  const switchedOn: readonly string[] = line.tools
  const own = switchedOn.includes(endCallName) ? [endCallTool] : []
  return [...deps.tools(line), ...own]
}

function guardClaims(
  { judgeClaims, metrics, logger }: TurnDeps,
  { turn, tools }: { turn: DialogueTurn; tools: readonly Tool[] },
) {
  const { callId, turnId } = turn
  return createClaimGuard(turn, {
    ...{ tools, judgeClaims },
    onWithheld(claim) {
      metrics.claimReplaced(claim)
      logger.warn({ callId, turnId, claim }, 'a claim without its effect is not said')
    },
  })
}

async function* runSteps(deps: TurnDeps, state: TurnState): AsyncGenerator<DialogueEvent> {
  const splitter = createSentenceSplitter({ language: state.turn.language })
  // A reply that was begun elsewhere may have been complete.
  const hasBegun = toSpoken(state.turn).length > 0
  let wasEmpty = false
  // The process before has said all of it.
  if (state.claims.isCorrected) return
  for (let step = 1; step <= maxSteps; step += 1) {
    const spoken = step === 1 ? toSpoken(state.turn) : []
    const reply = yield* askModel(deps, state, { step, splitter, spoken })
    if (reply.calls.length === 0) {
      if (reply.hasSpoken || hasBegun) return
      // Small models sometimes say nothing after a tool result; a second time it is an error.
      if (wasEmpty) throw new LlmError('empty-reply')
      wasEmpty = true
      continue
    }
    appendReply(state.messages, reply.text)
    const ending = reply.calls.find(({ name }) => name === endCallName)
    const { isCorrected } = state.claims
    if (ending && reply.calls.length === 1 && !isCorrected) {
      yield* hangUp(deps, state, { call: ending, hasSpoken: reply.hasSpoken, splitter })
      return
    }
    let isOver = false
    for (const call of reply.calls) isOver = (yield* answerCall(deps, state, call)) || isOver
    if (isOver || isCorrected) return
  }
  throw new LlmError('too-many-steps')
}

/** What the caller has heard of this very reply, made by another process. */
function toSpoken({ progress = [] }: DialogueTurn): readonly string[] {
  return progress.flatMap((item) => (item.kind === 'agent' ? [item.text] : []))
}

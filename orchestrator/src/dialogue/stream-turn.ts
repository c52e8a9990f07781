import type { Logger } from '@trunkline/telemetry'
import type { DialogueMetrics, LateEffect } from './create-dialogue.ts'
import type { DialogueEvent, DialogueTurn, Usage } from './dialogue.ts'
import { endCallName, endCallTool, sayGoodbye, tooEarly } from './end-call.ts'
import type { LlmClient, LlmMessage, LlmTool } from './llm-client.ts'
import type { LlmConfig, LlmTimeouts } from './llm-config.ts'
import { LlmError } from './llm-error.ts'
import { appendReply, appendTool, toMessages } from './messages.ts'
import { type ModelReply, streamReply } from './model-reply.ts'
import { type ParsedCall, parseCall } from './parse-call.ts'
import { runTool } from './run-tool.ts'
import { createSentenceSplitter } from './sentence-splitter.ts'
import { toSystemPrompt } from './system-prompt.ts'
import type { Tool, ToolBox } from './tool.ts'
import type { CollectedCall } from './tool-call-collector.ts'

/** Model calls in one turn; more means that it goes round in circles. */
const maxSteps = 8

export interface TurnDeps {
  readonly llm: LlmClient
  readonly config: LlmConfig
  readonly timeouts: LlmTimeouts
  readonly tools: ToolBox
  readonly logger: Logger
  readonly now: () => number
  readonly onLateEffect?: (late: LateEffect) => void
  readonly metrics: DialogueMetrics
}

interface TurnState {
  readonly turn: DialogueTurn
  readonly signal: AbortSignal
  readonly tools: readonly Tool[]
  readonly messages: LlmMessage[]
  usage: Usage | undefined
}

/** One caller turn: model calls and tools in turn until the model has answered. Contract: `Dialogue.streamTurn`. */
export async function* streamTurn(
  deps: TurnDeps,
  turn: DialogueTurn,
  { signal }: { signal: AbortSignal },
): AsyncGenerator<DialogueEvent> {
  const { config, metrics } = deps
  const startedAt = performance.now()
  const deadline = new AbortController()
  const timer = setTimeout(() => deadline.abort(new LlmError('timeout')), deps.timeouts.turnMs)
  // Its abort reaches the model also when the reader just stops reading.
  const reader = new AbortController()
  try {
    const both = AbortSignal.any([signal, deadline.signal, reader.signal])
    const state: TurnState = {
      turn,
      signal: both,
      tools: toolsOf(deps, turn),
      messages: toMessages({
        systemPrompt: toSystemPrompt({
          ...turn,
          now: deps.now(),
          systemPrompt: config.systemPrompt,
        }),
        history: turn.history,
        text: turn.text,
      }),
      usage: undefined,
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

async function* runSteps(deps: TurnDeps, state: TurnState): AsyncGenerator<DialogueEvent> {
  const splitter = createSentenceSplitter({ language: state.turn.language })
  let wasEmpty = false
  for (let step = 1; step <= maxSteps; step += 1) {
    const reply = yield* askModel(deps, state, { step, splitter })
    if (reply.calls.length === 0) {
      if (reply.hasSpoken) return
      // Small models sometimes say nothing after a tool result; a second time it is an error.
      if (wasEmpty) throw new LlmError('empty-reply')
      wasEmpty = true
      continue
    }
    appendReply(state.messages, reply.text)
    const ending = reply.calls.find(({ name }) => name === endCallName)
    if (ending && reply.calls.length === 1) {
      yield* endCall(deps, state, { call: ending, hasSpoken: reply.hasSpoken, splitter })
      return
    }
    for (const call of reply.calls) yield* answerCall(deps, state, call)
  }
  throw new LlmError('too-many-steps')
}

interface StepOptions {
  readonly step: number
  readonly splitter: ReturnType<typeof createSentenceSplitter>
  readonly toolChoice?: 'auto' | 'none'
}

async function* askModel(
  deps: TurnDeps,
  state: TurnState,
  { step, splitter, toolChoice = 'auto' }: StepOptions,
): AsyncGenerator<DialogueEvent, ModelReply> {
  const { llm, config, metrics, logger } = deps
  const { turn, signal, messages } = state
  const askedAt = performance.now()
  const reply = streamReply(
    llm,
    { messages, tools: state.tools.map(toLlmTool), toolChoice },
    {
      signal,
      splitter,
      timeouts: deps.timeouts,
      newId: (index) => `${turn.turnId}-${step}-${index}`,
      onRetry: (error) => {
        metrics.llmError(error.code)
        logger.warn({ code: error.code, step }, 'model is asked again')
      },
    },
  )
  for (;;) {
    const next = await reply.next()
    if (next.done) {
      state.usage = addUsage(state.usage, next.value.usage)
      return next.value
    }
    if (next.value.type === 'sentence') {
      yield next.value
    } else if (step === 1) {
      const ttftMs = performance.now() - askedAt
      metrics.llmFirstToken(ttftMs, { model: config.model })
      yield { type: 'first-token', model: config.model, ttftMs }
    }
  }
}

/** Runs one call or refuses it; either way the model gets a result. */
async function* answerCall(
  deps: TurnDeps,
  state: TurnState,
  call: CollectedCall,
): AsyncGenerator<DialogueEvent> {
  const parsed = parseCall(call, state.tools)
  const { id: toolCallId, name } = call
  if (parsed.arguments) {
    yield { type: 'tool-called', toolCallId, name, arguments: parsed.arguments }
  }
  const { ok, result } =
    name === endCallName
      ? { ok: false, result: tooEarly }
      : await carryOut(deps, state, { call, parsed })
  if (parsed.arguments) yield { type: 'tool-finished', toolCallId, name, ok, result }
  state.signal.throwIfAborted()
  // Arguments that are not JSON would make servers refuse every later request.
  const args = parsed.arguments ? JSON.stringify(parsed.arguments) : '{}'
  appendTool(state.messages, { toolCallId, name, arguments: args, result })
}

async function carryOut(
  { logger, timeouts, onLateEffect }: TurnDeps,
  { turn, signal }: TurnState,
  { call, parsed }: { call: CollectedCall; parsed: ParsedCall },
) {
  if (parsed.kind === 'faulty') {
    logger.warn({ fault: parsed.error['error'] }, 'tool call refused')
    return { ok: false, result: parsed.error }
  }
  const { callId, turnId, epoch, line } = turn
  const { tool, arguments: args } = parsed
  return runTool(tool, parsed.prepared, {
    context: { callId, turnId, epoch, line },
    signal,
    toolMs: timeouts.toolMs,
    logger,
    onLate: ({ ok, result }) => {
      const about = { toolCallId: call.id, name: tool.name, arguments: args }
      onLateEffect?.({ callId, turnId, item: { kind: 'tool', ...about, ok, result } })
    },
  })
}

/** The goodbye comes first: when the model hung up without a word it is asked for one, once. */
async function* endCall(
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

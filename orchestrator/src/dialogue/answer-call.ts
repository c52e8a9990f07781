import { once } from 'node:events'
import type { DialogueEvent } from './dialogue.ts'
import { endCallName, notDone, tooEarly } from './end-call.ts'
import { appendTool } from './messages.ts'
import { type ParsedCall, parseCall } from './parse-call.ts'
import { runTool } from './run-tool.ts'
import type { ToolResult } from './tool.ts'
import type { CollectedCall } from './tool-call-collector.ts'
import type { TurnDeps, TurnState } from './turn-state.ts'

/** Runs one call or refuses it; either way the model gets a result. Gives whether the turn ends with it. */
export async function* answerCall(
  deps: TurnDeps,
  state: TurnState,
  call: CollectedCall,
): AsyncGenerator<DialogueEvent, boolean> {
  const parsed = parseCall(call, state.tools, { secret: state.secret?.() })
  const { id: toolCallId, name } = call
  if (parsed.arguments) {
    yield { type: 'tool-called', toolCallId, name, arguments: parsed.arguments }
  }
  const {
    ok,
    result,
    endsTurn = false,
    awaits,
  }: ToolResult = name === endCallName
    ? { ok: false, result: state.claims.isCorrected ? notDone : tooEarly }
    : await carryOut(deps, state, { call, parsed })
  if (parsed.arguments) {
    yield { type: 'tool-finished', toolCallId, name, ok, result, ...(awaits && { awaits }) }
  }
  state.signal.throwIfAborted()
  state.claims.note({ name, ok })
  // Arguments that are not JSON would make servers refuse every later request.
  const args = parsed.arguments ? JSON.stringify(parsed.arguments) : '{}'
  appendTool(state.messages, { toolCallId, name, arguments: args, result })
  return endsTurn
}

async function carryOut(
  { logger, timeouts, onLateEffect }: TurnDeps,
  { turn, signal, certain }: TurnState,
  { call, parsed }: { call: CollectedCall; parsed: ParsedCall },
) {
  if (parsed.kind === 'faulty') {
    logger.warn({ fault: parsed.error['error'] }, 'tool call refused')
    return { ok: false, result: parsed.error }
  }
  const { callId, turnId, epoch, line } = turn
  const { tool, arguments: args } = parsed
  if (tool.hasEffect && certain) await untilCertain(certain, signal)
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

/** Waits until the caller has really finished. An abort is thrown: nothing has been done then. */
async function untilCertain(certain: Promise<void>, signal: AbortSignal): Promise<void> {
  const isSettled = new AbortController()
  const aborted = once(signal, 'abort', { signal: isSettled.signal }).catch(() => {}) // it was certain first
  if (!signal.aborted) await Promise.race([certain, aborted])
  isSettled.abort()
  signal.throwIfAborted()
}

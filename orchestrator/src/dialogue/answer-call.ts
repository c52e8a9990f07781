import type { DialogueEvent } from './dialogue.ts'
import { endCallName, tooEarly } from './end-call.ts'
import { appendTool } from './messages.ts'
import { type ParsedCall, parseCall } from './parse-call.ts'
import { runTool } from './run-tool.ts'
import type { CollectedCall } from './tool-call-collector.ts'
import type { TurnDeps, TurnState } from './turn-state.ts'

/** Runs one call or refuses it; either way the model gets a result. */
export async function* answerCall(
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

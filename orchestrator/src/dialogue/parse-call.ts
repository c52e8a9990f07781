import { revealSecret } from '../turns/secret-entry.ts'
import type { PreparedCall, Tool } from './tool.ts'
import type { CollectedCall } from './tool-call-collector.ts'

export type ParsedCall =
  | {
      readonly kind: 'ready'
      readonly tool: Tool
      readonly arguments: Readonly<Record<string, unknown>>
      readonly prepared: Extract<PreparedCall, { ok: true }>
    }
  /** What the model is told so that it can correct itself. `arguments` when they could be read. */
  | {
      readonly kind: 'faulty'
      readonly arguments?: Readonly<Record<string, unknown>>
      readonly error: Readonly<Record<string, unknown>>
    }

/**
 * Checks what the model sent: JSON, a known tool, the tool's arguments. A secret entry stays masked in `arguments`, which
 * are put on record; the tool alone is given it.
 */
export function parseCall(
  call: CollectedCall,
  tools: readonly Tool[],
  { secret }: { secret?: string | undefined } = {},
): ParsedCall {
  const args = readArguments(call.arguments)
  if (!args) {
    const message = 'the arguments are not a JSON object; call the tool again with valid JSON'
    return { kind: 'faulty', error: { error: 'bad_arguments', message } }
  }
  const tool = tools.find(({ name }) => name === call.name)
  if (!tool) {
    const known = tools.map(({ name }) => name)
    const error = { error: 'unknown_tool', message: 'there is no such tool', tools: known }
    return { kind: 'faulty', arguments: args, error }
  }
  const revealed = revealSecret(args, secret)
  if (!revealed.ok) {
    const message = 'what the caller has entered is not known any more: ask them to enter it again'
    return { kind: 'faulty', arguments: args, error: { error: 'entry_lost', message } }
  }
  const prepared = tool.prepare(revealed.arguments)
  if (!prepared.ok) {
    const error = { error: 'bad_arguments', message: prepared.message }
    return { kind: 'faulty', arguments: args, error }
  }
  return { kind: 'ready', tool, arguments: args, prepared }
}

/** No arguments at all are none; some servers leave the field out (vllm#11392) or write JSON into a string. */
function readArguments(text: string): Readonly<Record<string, unknown>> | undefined {
  if (text.trim() === '' || text.trim() === 'null') return {}
  try {
    const once: unknown = JSON.parse(text)
    const value: unknown = typeof once === 'string' ? JSON.parse(once) : once
    return isRecord(value) ? value : undefined
  } catch {
    return undefined // the model is told
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

import type { ChunkBase } from './chunks.ts'
import type { Generation } from './deltas.ts'
import type { Usage } from './tokens.ts'

interface WireCall {
  readonly id: string
  readonly type: 'function'
  readonly function: { readonly name: string; arguments?: string }
}

/** The body of a reply that is not streamed. */
export function toCompletion(
  base: Omit<ChunkBase, 'includesUsage'>,
  generation: Generation,
  usage: Usage,
): object {
  let content = ''
  const calls: WireCall[] = []
  for (const delta of generation.deltas) {
    if (delta.kind === 'content') content += delta.text
    else if (delta.kind === 'call') {
      calls.push({ id: delta.id, type: 'function', function: { name: delta.name } })
    } else {
      const call = calls[delta.index]
      if (call) call.function.arguments = (call.function.arguments ?? '') + delta.text
    }
  }
  const message = {
    role: 'assistant',
    content: content === '' && calls.length > 0 ? null : content,
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  }
  return {
    id: base.id,
    object: 'chat.completion',
    created: base.created,
    model: base.model,
    choices: [{ index: 0, message, logprobs: null, finish_reason: generation.finishReason }],
    usage,
  }
}

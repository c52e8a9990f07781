import type { Delta, FinishReason } from './deltas.ts'
import type { Usage } from './tokens.ts'

export interface ChunkBase {
  readonly id: string
  readonly model: string
  /** Seconds since 1970. */
  readonly created: number
  /** `stream_options.include_usage`: then every chunk has the field, null until the last. */
  readonly includesUsage: boolean
}

export function roleChunk(base: ChunkBase): object {
  return chunk(base, { role: 'assistant', content: '' })
}

export function deltaChunk(base: ChunkBase, delta: Delta): object {
  switch (delta.kind) {
    case 'content':
      return chunk(base, { content: delta.text })
    case 'call':
      return chunk(base, {
        tool_calls: [
          { index: delta.index, id: delta.id, type: 'function', function: { name: delta.name } },
        ],
      })
    case 'arguments':
      return chunk(base, {
        tool_calls: [{ index: delta.index, function: { arguments: delta.text } }],
      })
    default:
      return delta satisfies never
  }
}

export function finishChunk(base: ChunkBase, finishReason: FinishReason): object {
  return chunk(base, {}, finishReason)
}

export function usageChunk(base: ChunkBase, usage: Usage): object {
  return { ...chunk(base, {}), choices: [], usage }
}

function chunk(base: ChunkBase, delta: object, finishReason: FinishReason | null = null): object {
  return {
    id: base.id,
    object: 'chat.completion.chunk',
    created: base.created,
    model: base.model,
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }],
    ...(base.includesUsage ? { usage: null } : {}),
  }
}

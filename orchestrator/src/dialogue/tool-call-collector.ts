import type { ToolCallFragment } from './llm-client.ts'

/** A call as the model sent it; `arguments` is JSON, or what was meant to be. */
export interface CollectedCall {
  readonly id: string
  readonly name: string
  readonly arguments: string
}

export interface ToolCallCollector {
  add(fragment: ToolCallFragment): void
  /** In the order in which they began. */
  calls(): readonly CollectedCall[]
}

/**
 * Puts streamed tool calls together. Fragments belong together by `index`; servers that send every call with
 * index 0 start a new one with a new `id`; id and name come once; arguments may be missing altogether.
 */
export function createToolCallCollector({ newId }: { newId: () => string }): ToolCallCollector {
  const calls: { index: number | undefined; id: string; name: string; arguments: string }[] = []
  const find = ({ index, id }: ToolCallFragment) => {
    if (id) {
      const known = calls.find((call) => call.id === id)
      if (known) return known
      // The id comes with the first fragment: another one at a known index is another call.
      return undefined
    }
    return index === undefined ? calls.at(-1) : calls.findLast((call) => call.index === index)
  }
  return {
    add(fragment) {
      let call = find(fragment)
      if (!call) {
        call = { index: fragment.index, id: fragment.id || newId(), name: '', arguments: '' }
        calls.push(call)
      }
      // Some servers repeat the whole name in every fragment.
      if (fragment.name && fragment.name !== call.name) call.name += fragment.name
      call.arguments += fragment.arguments ?? ''
    },
    calls: () => calls.map(({ id, name, arguments: args }) => ({ id, name, arguments: args })),
  }
}

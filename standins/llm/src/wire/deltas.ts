import { randomUUID } from 'node:crypto'
import type { Reply } from '../chat.ts'
import type { Knobs } from '../knobs/knobs.ts'
import { toTokens } from './tokens.ts'

/** One step of a generated reply, in the order a NIM sends it. */
export type Delta =
  | { readonly kind: 'content'; readonly text: string }
  | { readonly kind: 'call'; readonly index: number; readonly id: string; readonly name: string }
  | { readonly kind: 'arguments'; readonly index: number; readonly text: string }

export type FinishReason = 'stop' | 'length' | 'tool_calls'

export interface Generation {
  readonly deltas: readonly Delta[]
  readonly finishReason: FinishReason
}

/** Spells a reply as deltas, with the misbehaviour that was asked for. */
export function toGeneration(
  reply: Reply,
  knobs: Pick<
    Knobs,
    'leakThink' | 'malformedArguments' | 'zeroArgumentsMissing' | 'finishStopWithTools'
  >,
  maxTokens: number,
): Generation {
  const text = knobs.leakThink ? `${leakedThought}${reply.text}` : reply.text
  const tokens = toTokens(text)
  const deltas: Delta[] = tokens
    .slice(0, maxTokens)
    .map((piece) => ({ kind: 'content', text: piece }))
  if (tokens.length > maxTokens) return { deltas, finishReason: 'length' }
  for (const [index, call] of reply.calls.entries()) {
    deltas.push({ kind: 'call', index, id: `chatcmpl-tool-${randomUUID()}`, name: call.name })
    const isEmpty = Object.keys(call.arguments).length === 0
    if (isEmpty && knobs.zeroArgumentsMissing) continue
    const json = JSON.stringify(call.arguments)
    for (const piece of toTokens(knobs.malformedArguments ? breakJson(json) : json)) {
      deltas.push({ kind: 'arguments', index, text: piece })
    }
  }
  const isCalling = reply.calls.length > 0 && !knobs.finishStopWithTools
  return { deltas, finishReason: isCalling ? 'tool_calls' : 'stop' }
}

const leakedThought = '<think>The caller wants something; I should answer briefly.</think>\n\n'

/** The end is missing: what a model leaves when it stops in the middle of an argument. */
function breakJson(json: string): string {
  return json.length > 4 ? json.slice(0, -2) : '{"'
}

import type { Usage } from './dialogue.ts'
import { readLeakedCalls } from './leaked-calls.ts'
import type { LlmClient, LlmRequest } from './llm-client.ts'
import { type OpenStreamOptions, openStream } from './open-stream.ts'
import { createRepeatGuard } from './repeat-guard.ts'
import type { SentenceSplitter } from './sentence-splitter.ts'
import { createSpeechStream } from './speech-stream.ts'
import { type CollectedCall, createToolCallCollector } from './tool-call-collector.ts'

/** What one model call came to. */
export interface ModelReply {
  /** Text for ears, as the model wrote it. */
  readonly text: string
  readonly hasSpoken: boolean
  /** By what was sent, whatever the finish reason says (vllm#32506). */
  readonly calls: readonly CollectedCall[]
  readonly usage: Usage | undefined
}

export interface ReplyOptions extends OpenStreamOptions {
  readonly splitter: SentenceSplitter
  /** What was said of this reply already: it is not said again. */
  readonly spoken: readonly string[]
  /** For calls that come without an id. */
  readonly newId: (index: number) => string
}

export type ReplyEvent =
  | { readonly type: 'first-content' }
  | { readonly type: 'sentence'; readonly text: string }

/** Streams one model call as sentences and returns the tool calls that came with it. */
export async function* streamReply(
  llm: LlmClient,
  request: LlmRequest,
  { splitter, spoken, newId, ...options }: ReplyOptions,
): AsyncGenerator<ReplyEvent, ModelReply> {
  const speech = createSpeechStream(splitter)
  const guard = createRepeatGuard(spoken)
  let ids = 0
  const nextId = () => {
    ids += 1
    return newId(ids)
  }
  const collector = createToolCallCollector({ newId: nextId })
  let usage: Usage | undefined
  let hasContent = false
  let hasSpoken = false
  for await (const chunk of openStream(llm, request, options)) {
    if (!hasContent && (chunk.text !== '' || chunk.toolCalls.length > 0)) {
      hasContent = true
      yield { type: 'first-content' }
    }
    for (const text of speech.push(guard.push(chunk.text))) {
      hasSpoken = true
      yield { type: 'sentence', text }
    }
    for (const fragment of chunk.toolCalls) collector.add(fragment)
    usage = chunk.usage ?? usage
  }
  for (const text of [...speech.push(guard.flush()), ...speech.flush()]) {
    hasSpoken = true
    yield { type: 'sentence', text }
  }
  const sent = request.toolChoice === 'none' ? [] : collector.calls()
  const leaked = readLeakedCalls(speech.leaked()).map((call) => ({ id: nextId(), ...call }))
  const calls = sent.length > 0 || request.toolChoice === 'none' ? sent : leaked
  return { text: speech.text(), hasSpoken, calls, usage }
}

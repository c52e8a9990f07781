import { traceHeaders } from '@trunkline/telemetry'
import OpenAI from 'openai'
import type {
  ChatCompletionChunk,
  ChatCompletionMessageParam,
  ChatCompletionTool,
} from 'openai/resources/chat/completions'
import type { Usage } from './dialogue.ts'
import type { LlmConfig } from './llm-config.ts'
import { toLlmError } from './llm-error.ts'
import { createModelFetch } from './model-fetch.ts'

export type LlmMessage = ChatCompletionMessageParam
export type LlmTool = ChatCompletionTool

export interface LlmRequest {
  readonly messages: readonly LlmMessage[]
  readonly tools: readonly LlmTool[]
  readonly toolChoice: 'auto' | 'none'
}

/** A piece of a tool call: which one by `index` or `id`, what is new in the rest. */
export interface ToolCallFragment {
  readonly index: number | undefined
  readonly id: string | undefined
  readonly name: string | undefined
  readonly arguments: string | undefined
}

export interface LlmChunk {
  readonly text: string
  readonly toolCalls: readonly ToolCallFragment[]
  readonly finishReason: string | undefined
  readonly usage: Usage | undefined
}

export interface LlmClient {
  /** @throws {LlmError}; an abort of `signal` throws its reason */
  stream(request: LlmRequest, options: { signal: AbortSignal }): AsyncIterable<LlmChunk>
  /** @throws {LlmError} when the server does not answer or refuses us */
  listModels(options: { signal: AbortSignal }): Promise<readonly string[]>
}

/** The edge to an OpenAI-compatible server. It does not try again: that is the caller's to decide. */
export function createLlmClient(config: LlmConfig): LlmClient {
  const client = new OpenAI({
    baseURL: config.url,
    apiKey: config.apiKey ?? 'none',
    ...(config.apiKey === undefined ? { defaultHeaders: { authorization: null } } : {}),
    // Never taken from OPENAI_* variables: this server need not be OpenAI's.
    organization: null,
    project: null,
    maxRetries: 0,
    logLevel: 'off',
    fetch: createModelFetch(),
  })
  return {
    async *stream(request, { signal }) {
      try {
        const { messages, tools, toolChoice } = request
        const body = {
          model: config.model,
          messages: [...messages],
          stream: true as const,
          stream_options: { include_usage: true },
          ...(config.temperature === undefined ? {} : { temperature: config.temperature }),
          ...(config.maxTokens === undefined ? {} : { max_tokens: config.maxTokens }),
          ...(tools.length > 0 ? { tools: [...tools], tool_choice: toolChoice } : {}),
        }
        const send = (extra: object) =>
          client.chat.completions.create({ ...body, ...extra }, { signal, headers: traceHeaders() })
        const chunks = isBegun(messages)
          ? await send(continuation).catch((error: unknown) => {
              // A server that knows no such fields; what it repeats is taken out.
              if (toLlmError(error).code !== 'bad-request') throw error
              return send({})
            })
          : await send({})
        for await (const chunk of chunks) yield toLlmChunk(chunk)
        // The package ends the iteration quietly when it is aborted.
        signal.throwIfAborted()
      } catch (error) {
        signal.throwIfAborted()
        throw toLlmError(error)
      }
    },
    async listModels({ signal }) {
      try {
        const page = await client.models.list({ signal })
        return page.data.map(({ id }) => id)
      } catch (error) {
        signal.throwIfAborted()
        throw toLlmError(error)
      }
    },
  }
}

/** vLLM, and NIM with it: go on with the last message instead of beginning one behind it. */
const continuation = { continue_final_message: true, add_generation_prompt: false } as const

function isBegun(messages: readonly LlmMessage[]): boolean {
  const last = messages.at(-1)
  return last?.role === 'assistant' && !last.tool_calls
}

/** Servers leave out what the types promise: choices, deltas, arguments. */
function toLlmChunk(chunk: ChatCompletionChunk): LlmChunk {
  const choice = chunk.choices?.[0]
  const delta: Partial<ChatCompletionChunk.Choice.Delta> = choice?.delta ?? {}
  const { usage } = chunk
  return {
    text: delta.content ?? '',
    toolCalls: (delta.tool_calls ?? []).map((call) => ({
      index: call.index,
      id: call.id,
      name: call.function?.name,
      arguments: call.function?.arguments,
    })),
    finishReason: choice?.finish_reason ?? undefined,
    usage: usage
      ? {
          promptTokens: usage.prompt_tokens ?? 0,
          completionTokens: usage.completion_tokens ?? 0,
          totalTokens: usage.total_tokens ?? 0,
        }
      : undefined,
  }
}

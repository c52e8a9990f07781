import { z } from 'zod'
import type { Chat, Message, Tool, ToolProperty } from '../chat.ts'
import { ApiError } from '../errors.ts'
import { readChoices } from './tool-choices.ts'

const text = z
  .union([
    z.string(),
    z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
    z.null(),
  ])
  .optional()

const calls = z
  .array(
    z.looseObject({
      id: z.string(),
      function: z.looseObject({ name: z.string(), arguments: z.string().default('{}') }),
    }),
  )
  .nullish()

const message = z.discriminatedUnion('role', [
  z.looseObject({ role: z.enum(['system', 'developer', 'user']), content: text }),
  z.looseObject({ role: z.literal('assistant'), content: text, tool_calls: calls }),
  z.looseObject({ role: z.literal('tool'), content: text, tool_call_id: z.string() }),
])

const property = z.looseObject({
  type: z.union([z.string(), z.array(z.string())]).optional(),
  enum: z.array(z.unknown()).optional(),
  anyOf: z.array(z.looseObject({ type: z.string().optional() })).optional(),
  description: z.string().optional(),
})

const tool = z.looseObject({
  type: z.literal('function'),
  function: z.looseObject({
    name: z.string().min(1),
    parameters: z
      .looseObject({
        properties: z.record(z.string(), property).default({}),
        required: z.array(z.string()).default([]),
      })
      .nullish(),
  }),
})

const chatRequest = z.looseObject({
  model: z.string(),
  messages: z.array(message).min(1),
  tools: z.array(tool).nullish(),
  tool_choice: z
    .union([
      z.enum(['none', 'auto', 'required']),
      z.looseObject({ type: z.literal('function'), function: z.looseObject({ name: z.string() }) }),
    ])
    .nullish(),
  stream: z.boolean().nullish(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).nullish(),
  max_tokens: z.number().int().min(1).nullish(),
  max_completion_tokens: z.number().int().min(1).nullish(),
  temperature: z.number().min(0).max(2).nullish(),
  n: z.number().int().min(1).max(1, 'only one choice is given').nullish(),
})

export interface ChatRequest {
  readonly model: string
  readonly chat: Chat
  readonly isStream: boolean
  readonly includesUsage: boolean
  /** No more content tokens than this. */
  readonly maxTokens: number
}

/**
 * Reads the body of `POST /v1/chat/completions`; fields that change nothing here are let through.
 * @throws {ApiError} 400 naming the first faulty field
 */
export function readChatRequest(body: unknown): ChatRequest {
  const parsed = chatRequest.safeParse(body)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const param = issue?.path.map(String).join('.') ?? ''
    throw new ApiError(400, `${param || 'body'}: ${issue?.message ?? 'is not right'}`, { param })
  }
  const request = parsed.data
  const tools = (request.tools ?? []).map(toTool)
  const choice = request.tool_choice ?? 'auto'
  const toolChoice = typeof choice === 'string' ? choice : { name: choice.function.name }
  if (typeof toolChoice === 'object' && !tools.some(({ name }) => name === toolChoice.name)) {
    throw new ApiError(400, 'tool_choice names a tool that is not in tools', {
      param: 'tool_choice',
    })
  }
  return {
    model: request.model,
    chat: { messages: request.messages.map(toMessage), tools, toolChoice },
    isStream: request.stream ?? false,
    includesUsage: request.stream_options?.include_usage ?? false,
    maxTokens: request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY,
  }
}

function toMessage(value: z.output<typeof message>): Message {
  const said = toText(value.content)
  switch (value.role) {
    case 'tool':
      return { role: 'tool', callId: value.tool_call_id, text: said }
    case 'assistant':
      return {
        role: 'assistant',
        text: said,
        calls: (value.tool_calls ?? []).map((call) => ({
          id: call.id,
          name: call.function.name,
          arguments: toRecord(call.function.arguments),
        })),
      }
    case 'user':
      return { role: 'user', text: said }
    default:
      return { role: 'system', text: said }
  }
}

function toText(content: z.output<typeof text>): string {
  if (typeof content === 'string') return content
  return (content ?? []).map((part) => part.text ?? '').join(' ')
}

/** A JSON object from text; anything else counts as empty, as the model's own history may be faulty. */
export function toRecord(json: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(json)
    return z.record(z.string(), z.unknown()).safeParse(value).data ?? {}
  } catch {
    return {} // not JSON: the caller's loop has answered it with an error result already
  }
}

function toTool(value: z.output<typeof tool>): Tool {
  const { name, parameters } = value.function
  const properties: Record<string, ToolProperty> = {}
  for (const [key, schema] of Object.entries(parameters?.properties ?? {})) {
    const type =
      schema.type ?? schema.anyOf?.map((one) => one.type).find((one) => one && one !== 'null')
    const values = (schema.enum ?? []).filter((one) => typeof one === 'string')
    properties[key] = {
      type: Array.isArray(type) ? type.find((one) => one !== 'null') : type,
      enum: values,
      choices: readChoices(values, schema.description ?? ''),
    }
  }
  return { name, properties, required: parameters?.required ?? [] }
}

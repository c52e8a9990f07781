import type { HistoryItem } from './dialogue.ts'
import type { LlmMessage } from './llm-client.ts'

/** A tool call and its result, as the model is shown them. */
export interface ToolRecord {
  readonly toolCallId: string
  readonly name: string
  /** JSON */
  readonly arguments: string
  readonly result: unknown
}

/**
 * The conversation in OpenAI's form. Only what was heard is in the history, so only that is told. Messages of one
 * side in a row become one, and every tool call has a message of its own: chat templates are strict about both
 * (Llama 3.1's takes one call in a message and no more).
 */
export function toMessages({
  systemPrompt,
  history,
  text,
  progress = [],
}: {
  systemPrompt: string
  history: readonly HistoryItem[]
  text: string
  /** What was said and done in this turn already: the model is to go on behind it. */
  progress?: readonly HistoryItem[] | undefined
}): LlmMessage[] {
  const messages: LlmMessage[] = [{ role: 'system', content: systemPrompt }]
  for (const item of history) appendItem(messages, item)
  appendItem(messages, { kind: 'caller', text })
  for (const item of progress) appendItem(messages, item)
  return messages
}

function appendItem(messages: LlmMessage[], item: HistoryItem): void {
  switch (item.kind) {
    case 'caller':
      appendText(messages, { role: 'user', text: item.text, separator: '\n' })
      break
    case 'agent':
      appendText(messages, { role: 'assistant', text: item.text, separator: ' ' })
      break
    case 'tool':
      appendTool(messages, { ...item, arguments: JSON.stringify(item.arguments) })
      break
    default:
      item satisfies never
  }
}

function appendText(
  messages: LlmMessage[],
  { role, text, separator }: { role: 'user' | 'assistant'; text: string; separator: string },
): void {
  if (text.trim() === '') return
  const last = messages.at(-1)
  const isSameSide =
    last?.role === role && typeof last.content === 'string' && !('tool_calls' in last)
  if (!isSameSide) {
    messages.push({ role, content: text })
    return
  }
  messages[messages.length - 1] = { role, content: `${last.content}${separator}${text}` }
}

/** Adds a call and its result; text that the assistant said right before becomes part of the call's message. */
export function appendTool(messages: LlmMessage[], record: ToolRecord): void {
  const { toolCallId: id, name, arguments: args, result } = record
  const last = messages.at(-1)
  const content = last?.role === 'assistant' && !last.tool_calls ? last.content : undefined
  if (content !== undefined) messages.pop()
  messages.push({
    role: 'assistant',
    content: content ?? null,
    tool_calls: [{ id, type: 'function', function: { name, arguments: args } }],
  })
  messages.push({ role: 'tool', tool_call_id: id, content: JSON.stringify(result ?? null) })
}

/** Adds what the assistant said in this turn before a tool call. */
export function appendReply(messages: LlmMessage[], text: string): void {
  appendText(messages, { role: 'assistant', text, separator: ' ' })
}

import type { Choice } from './wire/tool-choices.ts'

/** The conversation as the dialogue rules see it, without the wire's spellings. */
export type Message =
  | { readonly role: 'system' | 'user'; readonly text: string }
  | { readonly role: 'assistant'; readonly text: string; readonly calls: readonly ToolCall[] }
  | { readonly role: 'tool'; readonly callId: string; readonly text: string }

export interface ToolCall {
  readonly id: string
  readonly name: string
  readonly arguments: Readonly<Record<string, unknown>>
}

export interface ToolProperty {
  readonly type: string | undefined
  /** Only these are valid. */
  readonly enum: readonly string[]
  /** These are known to be valid; of the enum, or of the description. */
  readonly choices: readonly Choice[]
}

export interface Tool {
  readonly name: string
  readonly properties: Readonly<Record<string, ToolProperty>>
  readonly required: readonly string[]
}

type ToolChoice = 'none' | 'auto' | 'required' | { readonly name: string }

export interface Reply {
  /** What is said; may be empty beside a call. */
  readonly text: string
  readonly calls: readonly Omit<ToolCall, 'id'>[]
}

export interface Chat {
  readonly messages: readonly Message[]
  readonly tools: readonly Tool[]
  readonly toolChoice: ToolChoice
}

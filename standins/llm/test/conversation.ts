import type OpenAI from 'openai'
import { createFakeHotel, type FakeHotel, type FakeHotelOptions } from './fake-hotel.ts'

type Param = OpenAI.Chat.ChatCompletionMessageParam

interface CalledTool {
  readonly name: string
  readonly arguments: Record<string, unknown>
}

export interface Answer {
  readonly text: string
  readonly calls: readonly CalledTool[]
}

/** An ordinary tool loop, streamed, as any client of a real model would write it. */
export class Conversation {
  readonly #client: OpenAI
  readonly #hotel: FakeHotel
  readonly #messages: Param[]

  constructor(
    client: OpenAI,
    options: FakeHotelOptions & { system?: string; greeting?: string } = {},
  ) {
    this.#client = client
    this.#hotel = createFakeHotel(options)
    this.#messages = [
      {
        role: 'system',
        content: options.system ?? 'You are a front desk. Today is Saturday, 2026-11-21.',
      },
      {
        role: 'assistant',
        content: options.greeting ?? 'Good day, I am an AI. How can I help you?',
      },
    ]
  }

  /** Says one thing, runs the tools that are called, and gives all that was said. */
  async say(text: string): Promise<Answer> {
    this.#messages.push({ role: 'user', content: text })
    const calls: CalledTool[] = []
    let said = ''
    for (let round = 0; round < 8; round += 1) {
      const message = await this.#client.chat.completions
        .stream({ model: 'any', messages: this.#messages, tools: this.#hotel.tools })
        .finalMessage()
      said += message.content ?? ''
      const toolCalls = (message.tool_calls ?? []).filter((call) => call.type === 'function')
      if (toolCalls.length === 0) {
        this.#messages.push({ role: 'assistant', content: message.content ?? '' })
        return { text: said, calls }
      }
      this.#messages.push({ role: 'assistant', content: message.content, tool_calls: toolCalls })
      for (const call of toolCalls) {
        const args: Record<string, unknown> = JSON.parse(call.function.arguments || '{}')
        calls.push({ name: call.function.name, arguments: args })
        const content = JSON.stringify(this.#hotel.run(call.function.name, args))
        this.#messages.push({ role: 'tool', tool_call_id: call.id, content })
      }
    }
    throw new Error('the tool loop did not end')
  }

  /** What of the last reply was really played before the caller spoke. */
  cutLastReply(text: string): void {
    this.#messages[this.#messages.length - 1] = { role: 'assistant', content: text }
  }

  /** The caller spoke before any of the last reply was played. */
  dropLastReply(): void {
    this.#messages.pop()
  }
}

import type { Chat, Message, Reply, Tool } from '../chat.ts'
import type { Choice } from '../wire/tool-choices.ts'
import { decide } from './decide.ts'
import { createDesk } from './desk.ts'
import { readHints } from './hints.ts'
import { remember } from './remember.ts'
import { readLanguage } from './spoken-language.ts'
import { readToday } from './today.ts'
import { toForcedArguments } from './tool-arguments.ts'

/**
 * The front desk's answer to a conversation. All it says about rooms, prices and guests comes from the messages;
 * `now` stands in when the system message names no date.
 */
export function createReply(chat: Chat, now: Date): Reply {
  const { messages, unfinished } = splitUnfinished(chat.messages)
  const system = messages
    .filter(({ role }) => role === 'system')
    .map(({ text }) => text)
    .join('\n')
  const language = readLanguage(system)
  const today = readToday(system, now)
  const tools = chat.toolChoice === 'none' ? [] : chat.tools
  const kinds = { offered: toOfferedKinds(chat.tools) }
  const state = remember(messages, { language, today, kinds })
  const reply = decide(createDesk(language, today, tools), state)
  const forced = force(reply, chat, {
    check_in: state.stay.checkIn,
    check_out: state.stay.checkOut,
    room_type: state.roomType,
    guests: state.stay.guests,
    guest_name: state.guestName,
    reservation_number: state.reservationNumber,
    topic: state.turn.heard?.topics[0],
  })
  // A reply that calls a tool first is followed by one that does not.
  const hints = forced.calls.length === 0 ? readHints(system) : []
  const text = [...hints, forced.text].join(' ')
  return { ...forced, text: withoutPrefix(text, unfinished) }
}

/** Kinds of room as the tools spell them. */
function toOfferedKinds(tools: readonly Tool[]): readonly Choice[] {
  return (
    tools
      .map(({ properties }) => properties['room_type']?.choices ?? [])
      .find((one) => one.length > 0) ?? []
  )
}

/** A conversation that ends with the assistant's own words is to be gone on with (vLLM: continue_final_message). */
function splitUnfinished(messages: readonly Message[]): {
  messages: readonly Message[]
  unfinished: string
} {
  const last = messages.at(-1)
  if (last?.role !== 'assistant' || last.calls.length > 0) return { messages, unfinished: '' }
  return { messages: messages.slice(0, -1), unfinished: last.text.trim() }
}

function withoutPrefix(text: string, prefix: string): string {
  return prefix !== '' && text.startsWith(prefix) ? text.slice(prefix.length).trimStart() : text
}

/** Obeys tool_choice: a named tool, or any. */
function force(reply: Reply, chat: Chat, values: Readonly<Record<string, unknown>>): Reply {
  const { toolChoice, tools } = chat
  if (toolChoice === 'none' || toolChoice === 'auto') return reply
  if (toolChoice === 'required' && reply.calls.length > 0) return reply
  const name = typeof toolChoice === 'object' ? toolChoice.name : undefined
  const own = reply.calls.find((call) => call.name === name)
  if (own) return { text: '', calls: [own] }
  const tool =
    tools.find((one) => one.name === name) ??
    tools.find((one) => one.required.length === 0 && one.name !== 'end_call') ??
    tools[0]
  if (!tool) return reply
  return { text: '', calls: [{ name: tool.name, arguments: toForcedArguments(tool, values) }] }
}

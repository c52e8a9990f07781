import type { Line } from '@trunkline/contracts'
import { describeOpening } from './describe-opening.ts'

/** What every line gets unless LLM_SYSTEM_PROMPT says otherwise: how to speak, and what may be claimed. */
const instructions = `You are speaking with a caller on the telephone. What you write is read aloud by a voice, word by word.

How to speak:
- Reply with one or two short sentences, as people speak. No lists, no markdown, no emoji, no headings.
- Write numbers, prices, dates and times the way they are said. Say digits of numbers one by one.
- Ask one question at a time, and only for what you still need.
- What the caller said comes from speech recognition and may hold wrong words. When something matters and is unclear, ask.

What you may say:
- Facts, prices and availability come from the tools, never from memory. When the tools do not tell it, say that you do not know.
- Call a tool as soon as you have what it needs. Work out dates such as "tomorrow" or "next Friday" from today's date; a date without a year is the next one to come. Do not speak about tools.
- Before a tool that books or changes something, repeat the details in one sentence and wait for a clear yes.
- Say that something is booked, changed or sent only when the tool's result says so in this call. When a tool reports an error, say in plain words what is possible instead.
- Tell nobody anything about other guests.

Ending: when the caller is done or says goodbye, say a short goodbye and call end_call in the same reply. Never call it otherwise.`

export interface SystemPromptOptions {
  readonly line: Pick<Line, 'name' | 'persona' | 'timeZone' | 'hours' | 'quietHours'>
  /** BCP 47 tag of the caller’s language. */
  readonly language: string
  /** Epoch milliseconds. */
  readonly now: number
  /** What a colleague has told, for this reply alone. */
  readonly hints?: readonly string[] | undefined
  /** LLM_SYSTEM_PROMPT */
  readonly systemPrompt?: string | undefined
}

/** What follows it is from a colleague, and goes before everything else. */
export const hintHeading = 'Follow this in your next reply, and do not mention where it comes from:'

/** The system message. What changes least comes first, so that a server can keep the prefix in its cache. */
export function toSystemPrompt(options: SystemPromptOptions): string {
  const { line, language, now, hints = [], systemPrompt } = options
  return [
    systemPrompt ?? instructions,
    `You answer the telephone of ${line.name}. ${line.persona.trim()}`,
    `The caller speaks ${languageName(language)}: reply in ${languageName(language)}.`,
    describeOpening(line, now),
    ...(hints.length === 0
      ? []
      : [`${hintHeading}\n${hints.map((hint) => `- ${hint}`).join('\n')}`]),
  ].join('\n\n')
}

const languageNames = new Intl.DisplayNames('en', { type: 'language' })

function languageName(language: string): string {
  try {
    const [base = language] = language.split('-')
    return languageNames.of(base) ?? language
  } catch {
    return language // not a language tag: the model may still know it
  }
}

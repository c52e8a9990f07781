import { z } from 'zod'

/** Words that never change, so that their audio can be kept. */
export const fixedWords = z.object({
  text: z.string().min(1),
  language: z.string(),
  voice: z.string().describe('name in tts-router; empty: the language’s default'),
})
export type FixedWords = z.infer<typeof fixedWords>

/** What an agent needs of a line when nobody is there to ask. */
export const lineWords = z.object({
  language: z.string().describe('the line’s default'),
  apology: fixedWords,
  bridging: fixedWords,
  transferTo: z
    .string()
    .optional()
    .describe('whom a caller is handed to when the agent cannot go on'),
})
export type LineWords = z.infer<typeof lineWords>

/** Answer of `GET /v1/lines/spoken`. */
export const spokenLines = z.object({
  lines: z.array(
    lineWords.extend({
      id: z.string(),
      numbers: z.array(z.string()),
      greeting: fixedWords,
      notices: z
        .array(fixedWords)
        .describe('what a caller is told before the line hangs up, in the line’s language'),
      otherLanguages: z
        .array(fixedWords)
        .describe('apology and bridging words in the languages that are not the default'),
    }),
  ),
})
export type SpokenLines = z.infer<typeof spokenLines>

/** Room names of livekit-sip's callee rule: `call_<dialled>_<random>`. */
const sipRoom = /^call_(.+)_[^_]+$/

/** The number in a room's name, as it was dialled. */
export function dialledIn(room: string): string | undefined {
  return sipRoom.exec(room)?.[1]
}

/** A number as it is compared: digits only, an international prefix `00` like `+`. */
export function toDialled(number: string): string {
  const digits = number.replaceAll(/\D/g, '')
  // Extensions may begin with zeros; an E.164 number has at least seven digits.
  return digits.length > 8 ? digits.replace(/^00/, '') : digits
}

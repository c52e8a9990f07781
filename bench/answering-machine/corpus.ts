import { readFile } from 'node:fs/promises'
import { z } from 'zod'

const sample = z.strictObject({
  id: z.string(),
  kind: z.enum(['human', 'machine', 'ivr']),
  language: z.enum(['en', 'de', 'fr', 'es', 'it']),
  half: z.enum(['tune', 'measure']),
  voice: z.string().describe('espeak:<voice>, flite:<voice>, or asterisk'),
  text: z.string(),
  prompts: z
    .array(z.string())
    .optional()
    .describe('recordings of a human voice in asterisk-core-sounds-en-wav, instead of a synthesis'),
  beepHz: z.number().optional().describe('a beep of 0.4 s after the greeting'),
  startsAfterMs: z.number().describe('silence between the answer and the first word'),
})
export type Sample = z.infer<typeof sample>

/** The greetings, in the order of the file. Voices and texts of one half are not in the other. */
export async function readCorpus(): Promise<Sample[]> {
  const text = await readFile(new URL('corpus.json', import.meta.url), 'utf8')
  return z.array(sample).parse(JSON.parse(text))
}

import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { type Intent, intents } from '../../src/intents/intent.ts'

const corpus = z.record(z.enum(intents), z.array(z.string().min(1)))

export interface Utterance {
  readonly text: string
  readonly intent: Intent
}

/** The utterances of one file; `path` is relative to this folder. */
export function readCorpus(path: string): Utterance[] {
  const file = corpus.parse(JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8')))
  return intents.flatMap((intent) => file[intent].map((text) => ({ text, intent })))
}

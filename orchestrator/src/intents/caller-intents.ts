import { type ClassifyIntent, createIntentClassifier } from './classify-intent.ts'
import type { Intent } from './intent.ts'

export interface Utterance {
  readonly text: string
  /** BCP 47. */
  readonly language?: string | undefined
}

/** What callers want, for metrics and for the end of calls. */
export interface CallerIntents {
  /** Takes each final transcript. */
  heard(utterance: Utterance): void
  /** The caller is done: nothing but a goodbye was said. */
  isGoodbye(utterance: Utterance): boolean
}

export function createCallerIntents({
  onIntent,
  classify = createIntentClassifier(),
}: {
  readonly onIntent: (intent: Intent, language: string) => void
  readonly classify?: ClassifyIntent
}): CallerIntents {
  return {
    heard: ({ text, language = 'en' }) => onIntent(classify(text, language).intent, language),
    isGoodbye: ({ text, language = 'en' }) => classify(text, language).intent === 'end_call',
  }
}

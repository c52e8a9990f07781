import type { PiiCategory } from './category.ts'
import { findSpans } from './find-spans.ts'
import { lexicons, type RedactorLanguage } from './languages.ts'
import { redactValue } from './redact-value.ts'
import { tokenize } from './tokenize.ts'
import { compileVocabulary, type Vocabulary } from './vocabulary.ts'

export type RedactionCounts = Readonly<Partial<Record<PiiCategory, number>>>

export interface Redacted {
  /** With `[card]`, `[name]` … where something personal was. */
  readonly text: string
  readonly counts: RedactionCounts
}

export interface RedactOptions {
  /** BCP 47; figures and letters in English are understood in every language. Without it all languages are. */
  readonly language?: string
  /** What was said just before, for an answer that holds only the number that was asked for. */
  readonly before?: string
}

export interface RedactorOptions {
  /** All six by default. */
  readonly languages?: readonly RedactorLanguage[]
  /** Called once for every text in which something was found; for metrics. */
  readonly onRedacted?: (counts: RedactionCounts) => void
}

export interface Redactor {
  /** One pass over a text; its work grows with the text's length and nothing else. Never throws. */
  redact(text: string, options?: RedactOptions): Redacted
  /**
   * A copy of a plain value in which every string is redacted; for logs and
   * webhooks. Goes 12 levels deep and knows cycles; other objects than arrays and plain ones stay as they are.
   */
  redactObject<T>(value: T, options?: RedactOptions): T
}

/** Takes personal data out of what was said or written. */
export function createRedactor({ languages, onRedacted }: RedactorOptions = {}): Redactor {
  const known = languages ?? allLanguages
  const compiled = new Map<string, Vocabulary>()
  /** Made when first needed: a process that only writes logs needs one of them. */
  const vocabularyOf = (tag: string | undefined) => {
    const language = known.find((one) => one === tag?.slice(0, 2).toLowerCase())
    const names = language === undefined ? known : new Set([language, 'en' as const])
    const key = language ?? 'every'
    const vocabulary =
      compiled.get(key) ?? compileVocabulary([...names].map((name) => lexicons[name]))
    compiled.set(key, vocabulary)
    return vocabulary
  }

  const redact = (text: string, { language, before }: RedactOptions = {}): Redacted => {
    const vocabulary = vocabularyOf(language)
    const tokens = tokenize(text, vocabulary)
    const earlier = before === undefined ? [] : tokenize(before.slice(-300), vocabulary)
    const spans = findSpans(tokens, { earlier })
    if (spans.length === 0) return { text, counts: {} }
    const counts: Partial<Record<PiiCategory, number>> = {}
    let result = ''
    let done = 0
    for (const { from, to, category } of spans) {
      const start = tokens[from]?.start ?? done
      result += `${text.slice(done, start)}[${category}]`
      done = tokens[to - 1]?.end ?? start
      counts[category] = (counts[category] ?? 0) + 1
    }
    onRedacted?.(counts)
    return { text: result + text.slice(done), counts }
  }

  return {
    redact,
    redactObject: (value, options) => redactValue(value, (text) => redact(text, options).text),
  }
}

const allLanguages: readonly RedactorLanguage[] = ['en', 'de', 'fr', 'es', 'it', 'hi']

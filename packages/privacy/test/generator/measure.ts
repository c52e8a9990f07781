import type { PiiCategory, Redactor } from '../../src/index.ts'
import { makeSamples, type Sample } from './make-samples.ts'
import { makeOrdinary } from './ordinary.ts'

export interface Recall {
  readonly category: PiiCategory
  readonly samples: number
  /** Share of values of which nothing is left, 0 to 1. */
  readonly recall: number
  /** Share of those that carry the right category. */
  readonly right: number
  readonly missed: readonly { readonly sample: Sample; readonly result: string }[]
}

export function measureRecall(
  redactor: Pick<Redactor, 'redact'>,
  { category, seed, perLanguage }: { category: PiiCategory; seed: number; perLanguage: number },
): Recall {
  const missed: { sample: Sample; result: string }[] = []
  let samples = 0
  let right = 0
  for (const sample of makeSamples(category, { seed, perLanguage })) {
    samples += 1
    const { text, counts } = redactor.redact(sample.text, { language: sample.language })
    if (isGone(sample, text)) right += counts[category] === undefined ? 0 : 1
    else missed.push({ sample, result: text })
  }
  const found = samples - missed.length
  return { category, samples, recall: found / samples, right: right / found, missed }
}

/** Nothing but placeholders stands where the value stood. */
function isGone({ text, value }: Sample, result: string): boolean {
  const start = text.indexOf(value)
  const before = text.slice(0, start)
  const after = text.slice(start + value.length)
  let head = 0
  while (head < before.length && before[head] === result[head]) head += 1
  let tail = 0
  while (tail < after.length && after.at(-1 - tail) === result.at(-1 - tail)) tail += 1
  const changed = result.slice(head, result.length - tail)
  const rest = changed.replace(/\[[a-z-]+\]/g, ' ')
  const allowed = new Set(`${before} ${after}`.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? [])
  const left = rest.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  return (
    changed.includes('[') &&
    left.every(
      (word) =>
        allowed.has(word) &&
        !value
          .toLowerCase()
          .split(/[^\p{L}\p{M}\p{N}]+/u)
          .includes(word),
    )
  )
}

export interface Touched {
  readonly words: number
  readonly sentences: number
  /** Share of ordinary words that were taken out, 0 to 1. */
  readonly share: number
  readonly examples: readonly { readonly text: string; readonly result: string }[]
}

export function measureTouched(
  redactor: Pick<Redactor, 'redact'>,
  { seed, rounds }: { seed: number; rounds: number },
): Touched {
  const examples: { text: string; result: string }[] = []
  let words = 0
  let touched = 0
  let sentences = 0
  for (const { language, text } of makeOrdinary({ seed, rounds })) {
    const result = redactor.redact(text, { language }).text
    const all = countWords(text)
    sentences += 1
    words += all
    if (result === text) continue
    touched += all - countWords(result.replace(/\[[a-z-]+\]/g, ' '))
    examples.push({ text, result })
  }
  return { words, sentences, share: touched / words, examples }
}

function countWords(text: string): number {
  return text.match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0
}

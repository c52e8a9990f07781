import { describe, expect, it } from 'vitest'
import { createRedactor, piiCategories } from '../src/index.ts'
import { languages } from './generator/make-samples.ts'
import { measureRecall, measureTouched } from './generator/measure.ts'
import heldOut from './held-out.json' with { type: 'json' }

/** Issue 4, point 9. */
const goals: Readonly<Record<string, number>> = { card: 0.99, iban: 0.99, email: 0.99 }
const otherGoal = 0.95
const maxTouched = 0.005
const seeds = [1, 20_261_121]

describe('the redactor on generated text', () => {
  const redactor = createRedactor()

  it.each(piiCategories)('leaves nothing of a %s', (category) => {
    for (const seed of seeds) {
      const { recall, samples } = measureRecall(redactor, { category, seed, perLanguage: 300 })
      expect(samples).toBe(300 * languages.length)
      expect(recall).toBeGreaterThanOrEqual(goals[category] ?? otherGoal)
    }
  })

  it('does not need to know the language', () => {
    const blind = { redact: (text: string) => redactor.redact(text) }
    for (const category of piiCategories) {
      const { recall } = measureRecall(blind, { category, seed: 7, perLanguage: 100 })
      expect(recall, category).toBeGreaterThanOrEqual(otherGoal)
    }
  })

  /** Each: category and sentence, the personal part in angle brackets. */
  it('leaves little of sentences it was not made for', () => {
    const wordsOf = (text: string) => text.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
    let all = 0
    let gone = 0
    for (const [language, list] of Object.entries(heldOut)) {
      for (const [, marked = ''] of list) {
        const result = new Set(
          wordsOf(redactor.redact(marked.replace(/[<>]/g, ''), { language }).text),
        )
        const values = [...marked.matchAll(/<([^>]*)>/g)].flatMap(([, value = '']) =>
          wordsOf(value),
        )
        const isTelling = (word: string) => word.length > 2 || /\d/.test(word)
        all += 1
        gone += values.filter(isTelling).some((word) => result.has(word)) ? 0 : 1
      }
    }
    expect(all).toBe(75)
    expect(gone).toBeGreaterThanOrEqual(68)
  })

  it('touches almost no ordinary word', () => {
    const { share, words } = measureTouched(redactor, { seed: 3, rounds: 10 })
    expect(words).toBeGreaterThan(10_000)
    expect(share).toBeLessThanOrEqual(maxTouched)
  })
})

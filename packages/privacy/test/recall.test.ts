import { describe, expect, it } from 'vitest'
import { createRedactor, piiCategories } from '../src/index.ts'
import { languages } from './generator/make-samples.ts'
import { measureRecall, measureTouched } from './generator/measure.ts'

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

  it('touches almost no ordinary word', () => {
    const { share, words } = measureTouched(redactor, { seed: 3, rounds: 10 })
    expect(words).toBeGreaterThan(10_000)
    expect(share).toBeLessThanOrEqual(maxTouched)
  })
})

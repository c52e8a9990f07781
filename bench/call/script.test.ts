import { expect, it } from 'vitest'
import { draftCall } from './script.ts'

const today = new Date('2026-11-21T12:00:00Z')

it.each([
  { random: 0, words: 'from the twenty-eighth of November to the twenty-ninth of November?' },
  { random: 0.012, words: 'from the first of December to the second of December?' },
  { random: 0.11, words: 'from the thirty-first of December to the first of January?' },
])('says the dates that $random draws in words', ({ random, words }) => {
  const { steps } = draftCall({ index: 0, random: () => random, today })
  const [ask] = steps
  expect(ask?.kind === 'say' && ask.text).toContain(words)
})

it('interrupts a reply in every second call and always says goodbye', () => {
  const drafts = [0, 1, 2, 3].map((index) => draftCall({ index, random: () => 0.5, today }))
  expect(drafts.map(({ interrupts }) => interrupts)).toEqual([false, true, false, true])
  for (const { steps, interrupts } of drafts) {
    expect(steps.some(({ kind }) => kind === 'interrupt')).toBe(interrupts)
    expect(steps.at(-1)).toMatchObject({ kind: 'say', text: expect.stringContaining('goodbye') })
  }
})

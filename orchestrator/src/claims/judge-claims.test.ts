import { lineLanguage } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { createExpectationReader } from '../turns/expect/read-expectation.ts'
import { type Claim, claims } from './claim.ts'
import { isCorrection, toCorrection } from './corrections.ts'
import { createClaimJudge } from './judge-claims.ts'

const readExpectation = createExpectationReader()
const judge = createClaimJudge()
const judged = (language: string, sentence: string, proven: readonly Claim[] = []) => {
  const verdict = judge(sentence, { language, proven: new Set(proven) })
  return verdict.kind === 'spoken' ? 'spoken' : verdict.claim
}

describe('a sentence that says something was done', () => {
  it('is not proven by another thing that was done', () => {
    expect(judged('en', 'I have booked the room.', ['booking-stands'])).toBe('booking-made')
    expect(judged('en', 'I have cancelled it and booked anew.', ['booking-made'])).toBe(
      'cancellation',
    )
    const both = 'I have booked the room, and I have charged your card.'
    expect(judged('en', both, ['booking-made', 'booking-stands'])).toBe('payment')
  })

  it('is known in a language with a region, and read as English in one without rules', () => {
    expect(judged('de-AT', 'Ihr Zimmer ist gebucht.')).toBe('booking-stands')
    expect(judged('nl', 'Your room is booked.')).toBe('booking-stands')
  })
})

describe('what is said instead', () => {
  const corrections = lineLanguage.options.flatMap((language) =>
    claims.map((claim) => [language, claim, toCorrection(claim, language)] as const),
  )

  it.each(corrections)('asks, and claims nothing, in %s, %s: %s', (language, claim, text) => {
    const expected = claim.startsWith('booking') ? 'yes-no' : 'free'
    expect(readExpectation(text, language)).toBe(expected)
    expect(text).toMatch(/\?$/)
    expect(isCorrection(text)).toBe(true)
    expect(judged(language, text)).toBe('spoken')
  })
})

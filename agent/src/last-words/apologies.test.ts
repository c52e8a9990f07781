import { describe, expect, it } from 'vitest'
import { apologies, toCandidates } from './apologies.ts'
import { createWarningTone } from './warning-tone.ts'

const languages = (lines: ReturnType<typeof toCandidates>) => lines.map(({ language }) => language)

describe('what the last words look for on disk', () => {
  it('is the line’s own apology, then one in its language, then English', () => {
    const own = { text: 'Verzeihung.', language: 'de-DE', voice: 'Anna' }
    const found = toCandidates(own)
    expect(found[0]).toBe(own)
    expect(languages(found)).toEqual(['de-DE', 'de', 'en'])
  })

  it('is English for a language that has no apology, and without a line', () => {
    expect(languages(toCandidates({ text: 'x', language: 'pt', voice: '' }))).toEqual(['pt', 'en'])
    expect(languages(toCandidates(undefined))).toEqual(['en'])
  })

  it('is there in the six languages of lines', () => {
    expect(languages(apologies).toSorted()).toEqual(['de', 'en', 'es', 'fr', 'hi', 'it'])
  })
})

describe('the warning tone', () => {
  it('can be heard for some seconds', () => {
    const tone = createWarningTone()
    const samples = new Int16Array(tone.buffer)
    expect(samples.length).toBeGreaterThan(3 * 24_000)
    expect(samples.filter((sample) => Math.abs(sample) > 3000).length).toBeGreaterThan(24_000)
  })
})

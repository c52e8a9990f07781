import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { line } from './line.ts'

const sample = () =>
  parse(readFileSync(new URL('../../../lines/harbour-hotel.yaml', import.meta.url), 'utf8'))

const faults = (value: unknown) => {
  const parsed = line.safeParse(value)
  return parsed.success ? [] : parsed.error.issues.map((issue) => issue.path.join('.'))
}

describe('line', () => {
  it('takes the sample line with a greeting in six languages', () => {
    expect(faults(sample())).toEqual([])
    expect(Object.keys(line.parse(sample()).languages)).toEqual([
      'en',
      'de',
      'fr',
      'es',
      'it',
      'hi',
    ])
  })

  it('refuses a greeting without the disclosure, in every language', () => {
    for (const language of ['en', 'de', 'fr', 'es', 'it', 'hi']) {
      const changed = sample()
      changed.languages[language].greeting = 'Hello.'
      expect(faults(changed)).toEqual([`languages.${language}.greeting`])
    }
  })

  it('refuses a disclosure that does not say that an AI speaks', () => {
    const changed = sample()
    changed.languages.en.disclosure = 'How can I help you?'
    expect(faults(changed)).toEqual(['languages.en.disclosure'])
  })

  it('refuses unknown fields, wrong numbers and wrong time zones, each by its path', () => {
    const changed = { ...sample(), numbers: ['1'], timeZone: 'Mars/Olympus', tone: 'kind' }
    expect(faults(changed)).toEqual(expect.arrayContaining(['numbers.0', 'timeZone', '']))
  })
})

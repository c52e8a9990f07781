import { lineLanguage, line as lineSchema, transferOutcome } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { toFaultWord, toPlaceWords, toTransferWords, transferWords } from './words.ts'

const speech = (disclosure: string) => ({ greeting: disclosure, disclosure, apology: 'x' })
const line = lineSchema.parse({
  ...{ id: 'inn', name: 'Inn', numbers: ['100'], timeZone: 'Europe/Berlin', persona: 'x' },
  hotel: { connector: 'builtin', data: 'x.yaml' },
  defaultLanguage: 'de',
  languages: { de: speech('Ich bin eine KI.'), fr: speech('Je suis une IA.') },
  tools: ['end_call'],
})

describe('the words around a transfer', () => {
  it('are different ones for everything in every language', () => {
    const all = Object.values(transferWords).flatMap((words) => Object.values(words))
    expect(all).toHaveLength(Object.keys(transferWords).length * lineLanguage.options.length)
    expect(new Set(all).size).toBe(all.length)
  })

  it('are the caller’s language where the line speaks it', () => {
    expect(toTransferWords('busy', { line, language: 'fr-CA' })).toContain('occupée')
    expect(toTransferWords('busy', { line, language: 'it' })).toContain('besetzt')
  })

  it('tell a place in words, and beyond ten only that one waits', () => {
    expect(toPlaceWords(2, { line, language: 'de' })).toContain('Nummer zwei')
    expect(toPlaceWords(11, { line, language: 'de' })).toBe(transferWords.comfort.de)
  })

  it('say why for every way in which a transfer can fail', () => {
    const faults = transferOutcome.exclude(['done']).options
    for (const fault of faults) expect(transferWords[toFaultWord(fault)].en).toMatch(/sorry/)
    expect(toFaultWord('busy')).toBe('busy')
    expect(toFaultWord('unknown')).toBe('failed')
  })
})

import { describe, expect, it } from 'vitest'
import { testLine } from '../../test/support/test-line.ts'
import { toSpokenLine } from './lines-route.ts'

describe('what agents keep of a line', () => {
  it('is its words in its own language, with a notice for each reason to hang up', () => {
    const spoken = toSpokenLine(testLine)
    const speech = testLine.languages[testLine.defaultLanguage]
    expect(spoken.greeting).toMatchObject({
      text: speech?.greeting,
      language: testLine.defaultLanguage,
    })
    expect(spoken.apology.text).toBe(speech?.apology)
    expect(spoken.notices.length).toBeGreaterThan(5)
    expect(new Set(spoken.notices.map(({ language }) => language)).size).toBe(1)
  })

  it('is apology and bridging words in its other languages', () => {
    const words = { greeting: 'KI', disclosure: 'KI', apology: 'Verzeihung.', keyterms: [] }
    const german = { ...words, bridging: 'Moment.', voice: 'Anna', notices: {} }
    const line = { ...testLine, languages: { ...testLine.languages, de: german } }
    const inGerman = toSpokenLine(line).otherLanguages.filter(({ language }) => language === 'de')
    expect(inGerman).toEqual([
      { text: 'Verzeihung.', language: 'de', voice: 'Anna' },
      { text: 'Moment.', language: 'de', voice: 'Anna' },
    ])
  })

  it('names whom a caller is handed to, when the line says so', () => {
    const desk = { to: '+494066969200', mode: 'cold', ringSeconds: 25 } as const
    const transfer = { targets: { desk }, default: 'desk' }
    expect(toSpokenLine({ ...testLine, transfer }).transferTo).toBe('+494066969200')
    const withoutDefault = { ...testLine, transfer: { targets: { desk } } }
    expect(toSpokenLine(withoutDefault)).not.toHaveProperty('transferTo')
  })
})

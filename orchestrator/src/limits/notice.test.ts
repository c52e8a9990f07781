import { type Line, line as lineSchema, noticeKind } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { toNotice } from './notice.ts'
import { noticeWords } from './notice-words.ts'

const speech = (disclosure: string) => ({ greeting: disclosure, disclosure, apology: 'x' })
const line: Line = lineSchema.parse({
  ...{ id: 'inn', name: 'Inn', numbers: ['100'], timeZone: 'Europe/Berlin', persona: 'x' },
  hotel: { connector: 'builtin', data: 'x.yaml' },
  defaultLanguage: 'de',
  languages: {
    de: { ...speech('Ich bin eine KI.'), notices: { 'line-busy': 'Besetzt!' } },
    fr: speech('Je suis une IA.'),
  },
  tools: ['end_call'],
})

describe('toNotice', () => {
  it.each([
    { name: 'the line’s own words', kind: 'line-busy', language: undefined, words: 'Besetzt!' },
    { name: 'ours where it has none', kind: 'silence', language: 'de-AT', words: 'beende' },
    { name: 'the caller’s language', kind: 'line-busy', language: 'fr-FR', words: 'occupées' },
    { name: 'the default for one it lacks', kind: 'line-busy', language: 'hi', words: 'Besetzt!' },
    { name: 'the default for no language', kind: 'silence', language: '??', words: 'beende' },
  ] as const)('takes $name', ({ kind, language, words }) => {
    expect(toNotice(kind, { line, language })).toContain(words)
  })

  it('has different words for every reason in every language', () => {
    const all = noticeKind.options.flatMap((kind) => Object.values(noticeWords[kind]))
    expect(all).toHaveLength(noticeKind.options.length * 6)
    expect(new Set(all).size).toBe(all.length)
  })
})

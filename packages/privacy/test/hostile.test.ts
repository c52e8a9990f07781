import { describe, expect, it } from 'vitest'
import { findSpans } from '../src/find-spans.ts'
import { createRedactor } from '../src/index.ts'
import { lexicons } from '../src/languages.ts'
import { type Token, tokenize } from '../src/tokenize.ts'
import { compileVocabulary } from '../src/vocabulary.ts'

describe('hostile text', () => {
  const vocabulary = compileVocabulary(Object.values(lexicons))
  /** How often a token was looked at, per token. */
  const lookups = (input: string) => {
    const tokens = tokenize(input, vocabulary)
    let count = 0
    const counted = new Proxy<Token[]>(tokens, {
      get(target, key, receiver) {
        count += 1
        return Reflect.get(target, key, receiver)
      },
    })
    findSpans(counted)
    return count / tokens.length
  }
  const pieces = [
    ...[
      '4 ',
      'a@',
      '@',
      'mille ',
      'hundred ',
      'double ',
      'x ',
      'dot ',
      'at dot com ',
      'room number ',
    ],
    ...[
      'my name is ',
      'DE89 ',
      '1.',
      'a-',
      'a.b@c.',
      'de acht ',
      'soixante dix ',
      'plus ',
      '(',
      'may 1 ',
    ],
    ...[
      'quatre vingt dix ',
      'card ',
      'iban ',
      'under the name of ',
      'e mail ',
      'à l’appareil ',
      'एक ',
    ],
  ]

  it.each(pieces)('costs the same per word at any length: %j', (piece) => {
    const short = lookups(piece.repeat(Math.ceil(5_000 / piece.length)))
    const long = lookups(piece.repeat(Math.ceil(100_000 / piece.length)))
    expect(long).toBeLessThan(short * 1.2 + 1)
    expect(long).toBeLessThan(6000)
  })

  it('takes one word of 100 kB', () => {
    const text = (input: string) => createRedactor().redact(input).text
    expect(text('4'.repeat(100_000)).length).toBeLessThan(100)
    expect(text('x'.repeat(100_000))).toHaveLength(100_000)
    expect(text(`${'a'.repeat(50_000)}@${'b'.repeat(50_000)}.com`)).toBe('[email]')
  })
})

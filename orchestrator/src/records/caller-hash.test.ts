import { describe, expect, it } from 'vitest'
import { createCallerHash } from './caller-hash.ts'

const hash = createCallerHash('a-secret-of-32-characters-or-more')

describe('createCallerHash', () => {
  it.each([
    '+49 (40) 66969-100',
    '004940 66969 100',
    'tel:+494066969100',
    'sip:+494066969100@host;x=1',
  ])('takes %s for the same caller', (number) => {
    expect(hash(number)).toBe(hash('+494066969100'))
  })

  it('tells callers apart, and nothing without the secret', () => {
    expect(hash('+494066969101')).not.toBe(hash('+494066969100'))
    const other = createCallerHash('another-secret-of-32-characters--')
    expect(other('+494066969100')).not.toBe(hash('+494066969100'))
  })

  it.each(['anonymous', '', 'web-user', '+'])('knows no caller by %j', (number) => {
    expect(hash(number)).toBeUndefined()
  })
})

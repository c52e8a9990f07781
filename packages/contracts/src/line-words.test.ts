import { describe, expect, it } from 'vitest'
import { toDialled } from './line-words.ts'

describe('toDialled', () => {
  it('knows a number in every way it is dialled', () => {
    for (const number of ['+494066969100', '494066969100', '00494066969100', '+49 40 66969-100']) {
      expect(toDialled(number)).toBe('494066969100')
    }
  })

  it('leaves extensions alone', () => expect(toDialled('0012')).toBe('0012'))
})

import { describe, expect, it } from 'vitest'
import { chooseVoice } from './voice.ts'

const voices = [
  { name: 'Aria', language: 'en-US' },
  { name: 'Amy', language: 'en-GB' },
  { name: 'Karl', language: 'de-DE' },
]

describe('chooseVoice', () => {
  it.each([
    [{ language: 'en', name: '' }, 'Aria'],
    [{ language: 'en-GB', name: '' }, 'Amy'],
    [{ language: 'en-AU', name: '' }, 'Aria'],
    [{ language: 'EN-us', name: 'Amy' }, 'Amy'],
    [{ language: 'de', name: '' }, 'Karl'],
  ])('takes %j as %s', (wish, name) => {
    expect(chooseVoice(voices, wish).name).toBe(name)
  })

  it('names the languages or voices there are when there is none', () => {
    expect(() => chooseVoice(voices, { language: 'fr', name: '' })).toThrow('en, de')
    expect(() => chooseVoice(voices, { language: 'en', name: 'Karl' })).toThrow('Aria, Amy')
  })
})

import { describe, expect, it } from 'vitest'
import { listVoices } from './riva-voices.ts'

describe('listVoices', () => {
  it('reads a multilingual model with subvoices as the Speech NIM lists it', () => {
    expect(
      listVoices([
        {
          language_code: 'en-US,de-DE',
          voice_name: 'Magpie-Multilingual',
          subvoices: 'EN-US.Aria:0,DE-DE.Leo:1',
        },
      ]),
    ).toEqual([
      { name: 'Magpie-Multilingual.EN-US.Aria', language: 'en-US' },
      { name: 'Magpie-Multilingual.DE-DE.Leo', language: 'de-DE' },
    ])
  })

  it('reads models without subvoices, and passes over one without a name', () => {
    expect(
      listVoices([
        { language_code: 'en-US', voice_name: 'English-US' },
        { language_code: 'fr-FR' },
      ]),
    ).toEqual([{ name: 'English-US', language: 'en-US' }])
  })
})

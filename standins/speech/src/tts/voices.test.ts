import { describe, expect, it } from 'vitest'
import { espeakVoices, findVoice, fliteVoices } from './voices.ts'

const voices = [...fliteVoices, ...espeakVoices(new Set(['de', 'en-us']))]
const find = (languageCode: string, voiceName = '') =>
  findVoice(voices, { languageCode, voiceName })

describe('findVoice', () => {
  it('takes the first of the language when none is named', () => {
    expect(find('en-US')).toMatchObject({ engine: 'flite', engineVoice: 'rms' })
    expect(find('de-DE')).toMatchObject({ engine: 'espeak', languageCode: 'de-DE' })
    expect(find('en-AU').languageCode).toBe('en-US')
    expect(find('').languageCode).toBe('en-US')
  })

  it('knows a voice by its full name and by its model, in any case', () => {
    expect(find('en-US', 'flite.en-us.slt').engineVoice).toBe('slt')
    expect(find('en-US', 'Espeak').engine).toBe('espeak')
  })

  it('refuses a language that is not installed, and a voice that is not there', () => {
    expect(() => find('fr-FR')).toThrow('Unavailable model requested')
    expect(() => find('en-US', 'Flite.EN-US.Nobody')).toThrow('Unknown voice_name')
  })
})

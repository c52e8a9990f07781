import { describe, expect, it } from 'vitest'
import { pickVoice } from './caller-voice.ts'

const voice = (name: string, language: string) => ({ name, language })

describe('pickVoice', () => {
  it('differs from the agents’ voice, by another variety of the language where there is one', () => {
    const rms = voice('Flite.EN-US.Rms', 'en-US')
    const slt = voice('Flite.EN-US.Slt', 'en-US')
    const awb = voice('Flite.EN-GB.Awb', 'en-GB')
    const espeak = voice('Espeak.EN-GB.Male', 'en-GB')
    expect(pickVoice([rms, slt, espeak, awb])).toBe(awb)
    expect(pickVoice([rms, slt, espeak])).toBe(slt)
    expect(pickVoice([rms])).toBe(rms)
    expect(pickVoice([])).toBeUndefined()
  })
})

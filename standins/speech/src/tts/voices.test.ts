import { describe, expect, it } from 'vitest'
import { createSilenceTrimmer } from './leading-silence.ts'
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

describe('createSilenceTrimmer', () => {
  const silence = new Int16Array(8_000)
  const sound = new Int16Array(1_600).fill(3_000)

  it('removes the silence in front, but for the beginning of the first sound', () => {
    const whole = Int16Array.from([...silence, ...sound, ...silence])
    const trimmed = createSilenceTrimmer({ sampleRateHz: 16_000 }).push(whole)
    expect(trimmed.length).toBe(640 + sound.length + silence.length)
  })

  it('does the same with a stream in pieces', () => {
    const trimmer = createSilenceTrimmer({ sampleRateHz: 16_000 })
    const pieces = [silence, silence, sound, silence].map((pcm) => trimmer.push(pcm).length)
    expect(pieces.slice(0, 2)).toEqual([0, 0])
    expect(pieces[2]).toBeGreaterThanOrEqual(sound.length + 640)
    expect(pieces[2]).toBeLessThan(sound.length + 800)
    expect(pieces[3]).toBe(silence.length)
  })
})

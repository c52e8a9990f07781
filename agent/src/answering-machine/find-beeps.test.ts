import { describe, expect, it } from 'vitest'
import { createBeepFinder } from './find-beeps.ts'

const rateHz = 16_000
const silence = (ms: number) => new Int16Array((rateHz * ms) / 1000)
const tone = (ms: number, ...hertz: readonly number[]) =>
  Int16Array.from({ length: (rateHz * ms) / 1000 }, (_, at) =>
    hertz.reduce((sum, one) => sum + 5000 * Math.sin((2 * Math.PI * one * at) / rateHz), 0),
  )
/** A sung vowel: a tone with all its harmonics. */
const vowel = (ms: number) => tone(ms, 500, 1000, 1500)

function find(pieces: readonly Int16Array[], frameSamples = 320) {
  const finder = createBeepFinder({ sampleRateHz: rateHz, startMs: 1000 })
  const whole = pieces.flatMap((piece) => [...piece])
  const pcm = Int16Array.from(whole)
  const beeps = []
  for (let at = 0; at < pcm.length; at += frameSamples) {
    beeps.push(...finder.push(pcm.subarray(at, at + frameSamples)))
  }
  return beeps
}

describe('createBeepFinder', () => {
  it.each([440, 613, 1000, 1400, 1987])('finds a beep of %s Hz and when it was', (hertz) => {
    const [beep, ...more] = find([silence(300), tone(400, hertz), silence(200)])
    expect(more).toEqual([])
    expect(Math.abs((beep?.hertz ?? 0) - hertz)).toBeLessThanOrEqual(4)
    expect(Math.abs((beep?.startMs ?? 0) - 1300)).toBeLessThanOrEqual(30)
    expect(Math.abs((beep?.endMs ?? 0) - 1700)).toBeLessThanOrEqual(30)
  })

  it.each([
    ['a click', [silence(100), tone(90, 1000), silence(100)]],
    [
      'two tones at once, as keys and ringing have',
      [silence(100), tone(500, 697, 1209), silence(100)],
    ],
    ['a vowel', [silence(100), vowel(600), silence(100)]],
    [
      'what is too quiet',
      [silence(100), tone(400, 1000).map((sample) => sample / 100), silence(100)],
    ],
    ['what is too high', [silence(100), tone(400, 2600), silence(100)]],
  ])('finds none in %s', (_what, pieces) => {
    expect(find(pieces)).toEqual([])
  })

  it('finds none in a whistle that glides', () => {
    const whistle = Int16Array.from({ length: rateHz / 2 }, (_, at) => {
      const time = at / rateHz
      return 8000 * Math.sin(2 * Math.PI * (600 * time + 2000 * time * time))
    })
    expect(find([whistle, silence(100)])).toEqual([])
  })

  it('hears the same whatever frames the audio comes in', () => {
    const pieces = [silence(130), tone(300, 850), silence(200)]
    expect(find(pieces, 160)).toEqual(find(pieces, 1111))
  })
})

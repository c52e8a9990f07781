import { describe, expect, it } from 'vitest'
import { concatPcm, createResampler, resample } from './resample.ts'

const tone = (hz: number, rate: number, seconds = 0.5) =>
  Int16Array.from({ length: rate * seconds }, (_, index) =>
    Math.round(10000 * Math.sin((2 * Math.PI * hz * index) / rate)),
  )
const rms = (pcm: Int16Array) =>
  Math.sqrt(pcm.reduce((sum, sample) => sum + sample * sample, 0) / pcm.length)

describe('resample', () => {
  it.each([
    [24000, 8000],
    [48000, 8000],
    [44100, 8000],
    [22050, 8000],
    [8000, 16000],
    [8000, 48000],
    [11025, 8000],
  ])('keeps a tone of 1 kHz where it was, from %i to %i Hz', (fromHz, toHz) => {
    const output = resample(tone(1000, fromHz), { fromHz, toHz })
    const wanted = tone(1000, toHz)
    expect(output).toHaveLength(wanted.length)
    const inner = output.slice(200, -200)
    const error = inner.map((sample, index) => sample - (wanted[index + 200] ?? 0))
    expect(rms(error)).toBeLessThan(60)
  })

  it('removes what the lower rate cannot hold', () => {
    const output = resample(tone(6000, 24000), { fromHz: 24000, toHz: 8000 })
    expect(rms(output.slice(100, -100))).toBeLessThan(10)
  })

  it('gives the same samples however the stream is cut', () => {
    const input = tone(440, 22050, 0.2)
    const whole = resample(input, { fromHz: 22050, toHz: 8000 })
    const resampler = createResampler({ fromHz: 22050, toHz: 8000 })
    const pieces: Int16Array[] = []
    for (let at = 0, size = 1; at < input.length; at += size, size = (size * 7) % 311) {
      pieces.push(resampler.push(input.subarray(at, at + size)))
    }
    pieces.push(resampler.flush())
    expect(concatPcm(pieces)).toEqual(whole)
  })

  it('clips instead of wrapping round', () => {
    const square = Int16Array.from({ length: 2400 }, (_, index) =>
      index % 40 < 20 ? 32767 : -32768,
    )
    const output = resample(square, { fromHz: 24000, toHz: 8000 })
    for (let index = 3; index + 3 < output.length; index += 1) {
      const centre = (index * 3) % 40
      if (centre > 6 && centre < 14) expect(output[index]).toBeGreaterThan(20000)
    }
  })

  it('passes audio of the same rate and an empty stream untouched', () => {
    expect(resample(Int16Array.of(1, 2), { fromHz: 8000, toHz: 8000 })).toEqual(Int16Array.of(1, 2))
    expect(resample(new Int16Array(), { fromHz: 24000, toHz: 8000 })).toHaveLength(0)
  })
})

import { describe, expect, it } from 'vitest'
import { createFrameCutter } from './frame-cutter.ts'
import { createFromCaller } from './from-caller.ts'
import { createMixer, frameSamples } from './mixer.ts'
import { createToCaller } from './to-caller.ts'

const tone = (length: number, rateHz: number) =>
  Int16Array.from({ length }, (_, index) => 8000 * Math.sin((2 * Math.PI * 440 * index) / rateHz))
const peak = (pcm: Int16Array) => pcm.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)

describe('createFrameCutter', () => {
  it('gives every sample once, in order, in whole frames', () => {
    const cut = createFrameCutter(4)
    const pieces = [[1, 2, 3], [4, 5, 6, 7, 8, 9], [], [10, 11, 12]].map((piece) =>
      cut(Int16Array.from(piece)).map((frame) => [...frame]),
    )
    expect(pieces).toEqual([
      [],
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
      ],
      [],
      [[9, 10, 11, 12]],
    ])
  })
})

describe('createToCaller', () => {
  it('has a whole frame at both rates for every slot, of what the room says', () => {
    const mixer = createMixer()
    const input = mixer.add()
    const next = createToCaller(mixer)
    const voice = tone(frameSamples * 6, 16_000)
    const frames = [0, 1, 2, 3, 4, 5].map((index) => {
      input.push(voice.subarray(index * frameSamples, (index + 1) * frameSamples))
      return next()
    })
    expect(frames.map(({ pcm }) => pcm.length)).toEqual(Array(6).fill(160))
    expect(frames.map((frame) => frame.wideband().length)).toEqual(Array(6).fill(320))
    expect(peak(frames[4]?.pcm ?? new Int16Array())).toBeGreaterThan(7500)
  })
})

describe('createFromCaller', () => {
  const packet = { at: 0, timestamp: 0, ssrc: 0, lost: 0 }

  it('takes packets of 10, 20 and 30 ms, and loses nothing but what the resampler holds', () => {
    const take = createFromCaller()
    const voice = tone(8000, 8000)
    let frames = 0
    for (let at = 0, index = 0; at < 8000; index += 1) {
      const length = [80, 160, 240][index % 3] ?? 0
      frames += take({ ...packet, pcm: voice.subarray(at, at + length) }).length
      at += length
    }
    expect(frames).toBe(49)
  })

  it('takes G.722 as it is', () => {
    const wideband = tone(320, 16_000)
    const frames = createFromCaller()({ ...packet, pcm: tone(160, 8000), wideband })
    expect(frames.map((frame) => [...frame])).toEqual([[...wideband]])
  })
})

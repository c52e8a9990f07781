import { describe, expect, it } from 'vitest'
import { isVoiced, levelDbfs } from './level.ts'
import { findSpeech, firstVoicedAt, lastVoicedAt } from './speech-spans.ts'

const loud = Int16Array.from({ length: 160 }, (_, index) => (index % 8 < 4 ? 4000 : -4000))
const quiet = Int16Array.from({ length: 160 }, (_, index) => (index % 2 ? 8 : -8))
/** One character a packet of 20 ms from time 1000: `#` is loud, `.` is line noise. */
const line = (pattern: string) =>
  [...pattern].map((mark, index) => ({ pcm: mark === '#' ? loud : quiet, at: 1000 + index * 20 }))

describe('findSpeech', () => {
  it('gives the packets of the first and the last voiced sample', () => {
    expect(findSpeech(line('..###..'))).toEqual([{ startAt: 1040, endAt: 1080 }])
  })

  it('joins over short silence, parts at long silence and overlooks a click', () => {
    expect(findSpeech(line('##...##......##....#.....'), { joinMs: 100 })).toEqual([
      { startAt: 1000, endAt: 1120 },
      { startAt: 1260, endAt: 1280 },
    ])
  })

  it('finds nothing in noise', () => {
    expect(findSpeech(line('........'))).toEqual([])
    expect(findSpeech([])).toEqual([])
  })
})

describe('firstVoicedAt and lastVoicedAt', () => {
  it('look from a time on and up to a time', () => {
    const frames = line('.##..##.')
    expect(firstVoicedAt(frames)).toBe(1020)
    expect(firstVoicedAt(frames, { from: 1041 })).toBe(1100)
    expect(firstVoicedAt(frames, { from: 1121 })).toBeUndefined()
    expect(lastVoicedAt(frames)).toBe(1120)
    expect(lastVoicedAt(frames, { before: 1100 })).toBe(1040)
    expect(lastVoicedAt(frames, { before: 1000 })).toBeUndefined()
  })
})

describe('level', () => {
  it('is 0 dBFS for a full square and −Infinity for nothing', () => {
    expect(levelDbfs(new Int16Array(10).fill(-32768))).toBeCloseTo(0)
    expect(levelDbfs(new Int16Array(10))).toBe(Number.NEGATIVE_INFINITY)
  })

  it('hears 5 ms of speech at the end of a silent packet', () => {
    const pcm = new Int16Array(160)
    pcm.set(loud.subarray(0, 40), 120)
    expect(isVoiced(pcm)).toBe(true)
    expect(isVoiced(quiet)).toBe(false)
  })
})

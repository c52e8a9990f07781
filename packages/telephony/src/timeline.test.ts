import { describe, expect, it } from 'vitest'
import { layOut } from './timeline.ts'

const frame = (value: number, at: number, timestamp: number, ssrc = 1) => ({
  pcm: new Int16Array(160).fill(value),
  at,
  timestamp,
  ssrc,
})
/** The audio by runs of one value: [value, milliseconds]. */
const runs = (pcm: Int16Array) => {
  const found: [number, number][] = []
  for (const sample of pcm) {
    const last = found.at(-1)
    if (last && last[0] === sample) last[1] += 1 / 8
    else found.push([sample, 1 / 8])
  }
  return found
}

describe('layOut', () => {
  it('is not torn by jitter', () => {
    const frames = [
      frame(1, 1020, 0),
      frame(2, 1055, 160),
      frame(3, 1056, 320),
      frame(4, 1080, 480),
    ]
    expect(runs(layOut(frames, 1000))).toEqual([
      [0, 20],
      [1, 20],
      [2, 20],
      [3, 20],
      [4, 20],
    ])
  })

  it('leaves silence where a packet was lost and across a pause', () => {
    const frames = [frame(1, 1000, 0), frame(2, 1040, 320), frame(3, 1500, 480)]
    expect(runs(layOut(frames, 1000))).toEqual([
      [1, 20],
      [0, 20],
      [2, 20],
      [0, 440],
      [3, 20],
    ])
  })

  it('places another source by the clock, whatever its timestamps, and across their wrap', () => {
    const frames = [
      frame(1, 1000, 4294967200),
      frame(2, 1020, 64),
      frame(3, 1040, 3_000_000_000, 2),
      frame(4, 1060, 3_000_000_160, 2),
    ]
    expect(runs(layOut(frames, 1000)).map(([value]) => value)).toEqual([1, 2, 3, 4])
  })

  it('leaves out what came before the start', () => {
    expect(layOut([frame(1, 900, 0)], 1000)).toHaveLength(0)
    expect(layOut([], 1000)).toHaveLength(0)
  })
})

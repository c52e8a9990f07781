import { describe, expect, it } from 'vitest'
import { largestStep } from '../../test/largest-step.ts'
import { createComfortTone } from './comfort-tone.ts'

const sampleRateHz = 24_000
const rmsDbfs = (pcm: Int16Array) =>
  20 * Math.log10(Math.sqrt(pcm.reduce((sum, one) => sum + one * one, 0) / pcm.length) / 32768)

describe('createComfortTone', () => {
  it('is as quiet as −35 dBFS once it is there', () => {
    const tone = createComfortTone({ sampleRateHz })
    tone.next(sampleRateHz * 0.4)
    expect(rmsDbfs(tone.next(sampleRateHz * 12))).toBeCloseTo(-35, 0)
  })

  it('fades in', () => {
    const tone = createComfortTone({ sampleRateHz })
    const levels = [rmsDbfs(tone.next(480)), rmsDbfs(tone.next(4800)), rmsDbfs(tone.next(4800))]
    expect(levels.toSorted((a, b) => a - b)).toEqual(levels)
    expect(levels[0]).toBeLessThan(-60)
  })

  it('is gone within 40 ms of its end, without a step', () => {
    const tone = createComfortTone({ sampleRateHz })
    const before = tone.next(sampleRateHz)
    expect(tone.isOver).toBe(false)
    tone.end()
    const after = tone.next(1200)
    expect(tone.isOver).toBe(true)
    expect(after.subarray(960).every((sample) => sample === 0)).toBe(true)
    expect(largestStep(Int16Array.from([...before, ...after]))).toBeLessThanOrEqual(
      largestStep(before) + 1,
    )
  })

  it('is the same whatever pieces it is asked for in', () => {
    const whole = createComfortTone({ sampleRateHz }).next(2400)
    const tone = createComfortTone({ sampleRateHz })
    const pieces = [100, 700, 1600].map((length) => tone.next(length))
    expect(Int16Array.from(pieces.flatMap((pcm) => [...pcm]))).toEqual(whole)
  })
})

import { describe, expect, it } from 'vitest'
import { cutAtPause } from './cut-at-pause.ts'

/** Loud and quiet stretches in turn, in milliseconds. */
function speech(...stretchesMs: readonly number[]): Uint8Array {
  const samples = stretchesMs.flatMap((ms, index) =>
    Array.from({ length: ms * 24 }, () => (index % 2 === 0 ? 5000 : 0)),
  )
  return new Uint8Array(Int16Array.from(samples).buffer)
}
const lengthMs = (pcm: Uint8Array) => pcm.byteLength / 48

describe('cutAtPause', () => {
  it('leaves alone what is short enough', () => {
    const pcm = speech(500, 300, 500)
    expect(cutAtPause(pcm, { maxMs: 1300 })).toBe(pcm)
  })

  it('ends with the last sentence that is over in time', () => {
    expect(lengthMs(cutAtPause(speech(500, 300, 500, 300, 900), { maxMs: 2000 }))).toBe(1600)
    expect(lengthMs(cutAtPause(speech(500, 300, 500, 300, 900), { maxMs: 1200 }))).toBe(800)
  })

  it('does not take the gap before a plosive for a pause', () => {
    expect(lengthMs(cutAtPause(speech(500, 300, 400, 60, 900), { maxMs: 1500 }))).toBe(800)
  })

  it('cuts speech without a pause where its time is over', () => {
    expect(lengthMs(cutAtPause(speech(3000), { maxMs: 1000 }))).toBe(1000)
  })
})

import { describe, expect, it } from 'vitest'
import { createSampleClock } from './sample-clock.ts'

const frame = 160

describe('createSampleClock', () => {
  it('keeps the pace of the audio when frames come in a burst', () => {
    const clock = createSampleClock()
    for (let index = 1; index <= 20; index += 1) clock.arrived(frame, 1000 + index * 10)
    for (let index = 21; index <= 50; index += 1) clock.arrived(frame, 1500)
    expect(clock.timeOf(20 * frame)).toBe(1200)
    expect(clock.timeOf(35 * frame)).toBe(1350)
    expect(clock.timeOf(clock.position)).toBe(1500)
  })

  it('takes the new pace after a gap in which nothing came', () => {
    const clock = createSampleClock()
    for (let index = 1; index <= 20; index += 1) clock.arrived(frame, index * 10)
    for (let index = 21; index <= 230; index += 1) clock.arrived(frame, 5000 + index * 10)
    expect(clock.timeOf(clock.position)).toBe(7300)
  })
})

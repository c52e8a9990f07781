import { describe, expect, it } from 'vitest'
import { createStereoTimeline } from './stereo-timeline.ts'

/** A kilohertz, so that a sample is a millisecond. */
const create = () =>
  createStereoTimeline({ sampleRateHz: 1000, startAt: 5000, holdMs: 100, aheadMs: 300 })
const level = (value: number, length: number) => new Int16Array(length).fill(value)
const left = (both: Int16Array) => [...both].filter((_, index) => index % 2 === 0)
const right = (both: Int16Array) => [...both].filter((_, index) => index % 2 === 1)

describe('createStereoTimeline', () => {
  it('lays both sides out by the clock, the caller on the left, silence where nothing came', () => {
    const line = create()
    line.place('caller', level(1, 20), 5100)
    line.place('agent', level(2, 20), 5110)
    const both = line.take(5300)
    expect(both).toHaveLength(400)
    expect(left(both).slice(98, 122)).toEqual([0, 0, ...level(1, 20), 0, 0])
    expect(right(both).slice(108, 132)).toEqual([0, 0, ...level(2, 20), 0, 0])
  })

  it('joins frames whose arrival jitters, and parts those of a real pause', () => {
    const line = create()
    line.place('caller', level(1, 20), 5100)
    line.place('caller', level(2, 20), 5155)
    line.place('caller', level(3, 20), 5095)
    line.place('caller', level(4, 20), 5240)
    const both = left(line.end(5300))
    expect(both.slice(100, 160)).toEqual([...level(1, 20), ...level(2, 20), ...level(3, 20)])
    expect(both.slice(238, 262)).toEqual([0, 0, ...level(4, 20), 0, 0])
  })

  it('takes back what was told ahead and is not heard after all', () => {
    const line = create()
    line.place('agent', level(7, 200), 5100)
    line.cut('agent', 5150)
    line.place('agent', level(8, 10), 5180)
    expect(right(line.end(5300)).slice(100, 195)).toEqual([
      ...level(7, 50),
      ...level(8, 10),
      ...level(0, 35),
    ])
  })

  it('hands out nothing twice, and keeps what may still change', () => {
    const line = create()
    line.place('caller', level(1, 300), 5000)
    const first = line.take(5200)
    expect(first).toHaveLength(200)
    expect(line.take(5200)).toHaveLength(0)
    expect(line.end(5300)).toHaveLength(400)
    line.place('caller', level(9, 10), 5000)
    expect(left(line.end(5310))).toEqual([...level(0, 10)])
  })

  it('never holds more than its bound, whatever is told of the future', () => {
    const line = create()
    line.place('agent', level(5, 10), 900_000)
    line.place('agent', level(6, 5000), 5000)
    expect(right(line.end(6000))).toEqual([...level(6, 400)])
  })
})

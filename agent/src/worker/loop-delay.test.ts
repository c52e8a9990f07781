import { describe, expect, it } from 'vitest'
import { createLateness } from './loop-delay.ts'

function create() {
  let time = 0
  const lateness = createLateness({ limitMs: 100, forMs: 3000, now: () => time })
  const observe = (at: number, delayMs: number) => {
    time = at
    lateness.observe(delayMs)
    return lateness.isLate
  }
  return observe
}

describe('createLateness', () => {
  it('is late when the loop has been late for long enough, and not before', () => {
    const observe = create()
    expect([observe(0, 150), observe(2900, 900), observe(3000, 101)]).toEqual([false, false, true])
  })

  it('is not late when it was in time once in between', () => {
    const observe = create()
    expect([observe(0, 150), observe(1500, 100), observe(3000, 150)]).toEqual([false, false, false])
  })

  it('is in time again with the first observation that is', () => {
    const observe = create()
    observe(0, 500)
    expect([observe(5000, 500), observe(5500, 3)]).toEqual([true, false])
  })

  it('is in time while nothing could be measured', () => {
    expect(create()(0, Number.NaN)).toBe(false)
  })
})

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRoughPath } from './rtp-path.ts'

/** The same numbers again and again. */
const cycle = (numbers: readonly number[]) => {
  let next = 0
  return () => {
    const number = numbers[next % numbers.length] ?? 0
    next += 1
    return number
  }
}

describe('createRoughPath', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('loses the share it is told to', () => {
    const path = createRoughPath({ lossRate: 0.05, random: cycle([0.04, 0.05, 0.5, 0.9]) })
    const arrived: number[] = []
    for (let packet = 0; packet < 8; packet += 1) path.carry(() => arrived.push(packet))
    expect(arrived).toEqual([1, 2, 3, 5, 6, 7])
  })

  it('lets packets overtake each other, none later than its jitter', () => {
    // One draw decides about the loss, the next about the delay.
    const path = createRoughPath({ jitterMs: 40, random: cycle([0.5, 0.9, 0.5, 0.1]) })
    const arrived: number[] = []
    path.carry(() => arrived.push(1))
    path.carry(() => arrived.push(2))
    vi.advanceTimersByTime(10)
    expect(arrived).toEqual([2])
    vi.advanceTimersByTime(30)
    expect(arrived).toEqual([2, 1])
  })
})

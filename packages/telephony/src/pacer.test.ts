import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { startPacer } from './pacer.ts'

describe('startPacer', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  /** Every look at the clock takes `costMs`, as work in the slot would. */
  const run = ({ costMs = 0 } = {}) => {
    const slots: { at: number; index: number; skipped: number }[] = []
    let extra = 0
    const pacer = startPacer({
      intervalMs: 20,
      maxLateMs: 200,
      now: () => performance.now() + extra,
      onSlot: (index, skipped) => {
        slots.push({ at: performance.now() + extra, index, skipped })
        extra += costMs
      },
    })
    const stall = (ms: number) => {
      extra += ms
    }
    return { slots, pacer, stall }
  }

  it('does not drift though each slot costs time', () => {
    const { slots, pacer } = run({ costMs: 0.7 })
    const start = slots[0]?.at ?? 0
    vi.advanceTimersByTime(1920)
    pacer.stop()
    expect(slots).toHaveLength(100)
    for (const { at, index } of slots) {
      expect(at - start - index * 20).toBeGreaterThanOrEqual(0)
      expect(at - start - index * 20).toBeLessThan(2)
    }
  })

  it('catches up with a short stall and skips a long one', () => {
    const { slots, pacer, stall } = run()
    stall(100)
    vi.advanceTimersByTime(20)
    expect(slots.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(slots.every(({ skipped }) => skipped === 0)).toBe(true)
    stall(1000)
    vi.advanceTimersByTime(20)
    expect(slots.at(-1)).toMatchObject({ index: 57, skipped: 50 })
    pacer.stop()
  })

  it('is silent after stop, even from within a slot', () => {
    const seen: number[] = []
    const pacer = startPacer({
      intervalMs: 20,
      maxLateMs: 200,
      now: () => performance.now(),
      onSlot: (index) => {
        seen.push(index)
        if (index === 2) pacer.stop()
      },
    })
    vi.advanceTimersByTime(200)
    expect(seen).toEqual([0, 1, 2])
  })
})

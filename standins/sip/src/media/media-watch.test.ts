import { describe, expect, it } from 'vitest'
import { createMediaWatch } from './media-watch.ts'

describe('createMediaWatch', () => {
  const timeouts = { initialMs: 30_000, laterMs: 15_000 }

  it('gives a peer who has sent nothing yet the longer time', () => {
    const watch = createMediaWatch(timeouts, 1000)
    expect(watch.isLost(30_999, 0)).toBe(false)
    expect(watch.isLost(31_000, 0)).toBe(true)
  })

  it('counts from the last packet, whenever it came', () => {
    const watch = createMediaWatch(timeouts, 0)
    expect(watch.isLost(10_000, 500)).toBe(false)
    expect(watch.isLost(20_000, 501)).toBe(false)
    expect(watch.isLost(34_999, 501)).toBe(false)
    expect(watch.isLost(35_000, 501)).toBe(true)
    expect(watch.isLost(36_000, 502)).toBe(false)
  })
})

import { describe, expect, it } from 'vitest'
import { composeHoldTune } from './hold-tune.ts'

describe('composeHoldTune', () => {
  const tune = composeHoldTune()
  const loudest = tune.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)

  it('is some seconds long, loud enough to be heard and far from clipping', () => {
    expect(tune.length / 24_000).toBeGreaterThan(8)
    expect(loudest).toBeGreaterThan(2000)
    expect(loudest).toBeLessThan(12_000)
  })

  it('goes round without a click: no step is larger at the seam than elsewhere', () => {
    const step = (index: number) =>
      Math.abs((tune[index] ?? 0) - (tune[(index + tune.length - 1) % tune.length] ?? 0))
    const largest = tune.reduce(
      (most, _, index) => (index === 0 ? most : Math.max(most, step(index))),
      0,
    )
    expect(step(0)).toBeLessThanOrEqual(largest)
    expect(largest).toBeLessThan(loudest / 2)
  })

  it('is never silent for long', () => {
    const windows = Array.from({ length: Math.floor(tune.length / 7200) }, (_, index) =>
      tune.subarray(index * 7200, (index + 1) * 7200),
    )
    for (const window of windows) {
      expect(window.some((sample) => Math.abs(sample) > 500)).toBe(true)
    }
  })
})

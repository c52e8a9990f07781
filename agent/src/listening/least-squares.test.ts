import { describe, expect, it } from 'vitest'
import { fitFilter } from './least-squares.ts'

function noise(length: number): Float32Array {
  let seed = 7
  return Float32Array.from({ length }, () => {
    seed = (seed * 16_807) % 2_147_483_647
    return seed / 2_147_483_647 - 0.5
  })
}

describe('fitFilter', () => {
  it('finds the filter that was used', () => {
    const reference = noise(400 + 7)
    const filter = [0, 0.5, -0.25, 0, 0.125, 0, 0, 0.0625]
    const wanted = Float32Array.from({ length: 400 }, (_, n) =>
      filter.reduce((sum, tap, k) => sum + tap * (reference[n + k] ?? 0), 0),
    )
    const found = fitFilter(wanted, reference, filter.length)
    for (const [index, tap] of filter.entries()) expect(found?.[index]).toBeCloseTo(tap, 2)
  })

  it('makes next to nothing of another signal', () => {
    const wanted = noise(1000).subarray(500)
    const found = fitFilter(wanted, noise(507), 8)
    const gain = Math.hypot(...(found ?? []))
    expect(gain).toBeLessThan(0.3)
  })

  it('has no filter for a reference that is silent', () => {
    expect(fitFilter(noise(100), new Float32Array(107), 8)).toBeUndefined()
  })
})

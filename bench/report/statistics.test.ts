import { describe, expect, it } from 'vitest'
import { slope, slopeWindow, summarize } from './statistics.ts'

describe('summarize', () => {
  it.each([
    { values: [5], summary: { count: 1, p50: 5, p95: 5, max: 5 } },
    { values: [4, 1, 3, 2], summary: { count: 4, p50: 2.5, p95: 3.85, max: 4 } },
    { values: [10, undefined, 20], summary: { count: 2, p50: 15, p95: 19.5, max: 20 } },
    { values: [-3, 0, 3], summary: { count: 3, p50: 0, p95: 2.7, max: 3 } },
  ])('gives the quantiles of $values', ({ values, summary }) => {
    const given = summarize(values)
    expect(given?.count).toBe(summary.count)
    expect(given?.p50).toBeCloseTo(summary.p50)
    expect(given?.p95).toBeCloseTo(summary.p95)
    expect(given?.max).toBe(summary.max)
  })

  it('gives nothing for nothing', () => {
    expect(summarize([])).toBeUndefined()
    expect(summarize([undefined, Number.NaN])).toBeUndefined()
  })
})

describe('slope', () => {
  const line = (ys: readonly number[]) => ys.map((y, x) => ({ x, y }))

  it.each([
    { ys: [1, 3, 5, 7], expected: 2 },
    { ys: [7, 7, 7], expected: 0 },
    { ys: [0, 10, 0, 10, 0], expected: 0 },
    { ys: [1, 2, 4], expected: 1.5 },
  ])('of $ys is $expected', ({ ys, expected }) => {
    expect(slope(line(ys))).toBeCloseTo(expected)
  })

  it('needs two different places', () => {
    expect(slope([])).toBeUndefined()
    expect(slope([{ x: 1, y: 1 }])).toBeUndefined()
    expect(
      slope([
        { x: 1, y: 1 },
        { x: 1, y: 9 },
      ]),
    ).toBeUndefined()
  })
})

describe('slopeWindow', () => {
  it.each([
    { calls: 3, from: 0, isBeyondWarmUp: false },
    { calls: 20, from: 0, isBeyondWarmUp: false },
    { calls: 35, from: 20, isBeyondWarmUp: false },
    { calls: 50, from: 20, isBeyondWarmUp: true },
    { calls: 80, from: 50, isBeyondWarmUp: true },
  ])('of $calls calls begins at $from', ({ calls, ...window }) => {
    expect(slopeWindow(calls)).toEqual(window)
  })
})

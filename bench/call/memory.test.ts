import { expect, it } from 'vitest'
import { trendMemory } from './memory.ts'

it('judges the last 30 of 50 calls, whatever grew before', () => {
  const samples = Array.from({ length: 50 }, (_, call) => ({
    agent: call < 20 ? 1000 * call : 20_000 + 10 * call,
  }))
  const { trends, isBeyondWarmUp } = trendMemory(samples)
  expect(isBeyondWarmUp).toBe(true)
  expect(trends).toHaveLength(1)
  expect(trends[0]).toMatchObject({ name: 'agent', firstKb: 0, lastKb: 20_490 })
  expect(trends[0]?.slopeKbPerCall).toBeCloseTo(10)
})

it('keeps a process apart that was seen only later', () => {
  const { trends } = trendMemory([{ redis: 5 }, { redis: 7, late: 3 }, { redis: 9, late: 3 }])
  expect(trends.map(({ name, slopeKbPerCall }) => [name, slopeKbPerCall])).toEqual([
    ['redis', 2],
    ['late', 0],
  ])
})

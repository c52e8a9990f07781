import { expect, it } from 'vitest'
import { judgeRamp, type Level, toLevels } from './ramp.ts'

const level = (calls: number, p95: number, failures = 0): Level => ({
  ...{ calls, failures },
  gapsMs: [p95, p95, p95],
})

it.each([
  {
    name: 'moves by more than a tenth',
    levels: [level(1, 500), level(2, 549), level(4, 551)],
    held: 2,
    why: 'slower',
  },
  { name: 'stays', levels: [level(1, 500), level(8, 550)], held: 8, why: 'all held' },
  {
    name: 'is that of calls that failed',
    levels: [level(1, 500), level(2, 500), level(4, 400, 1)],
    held: 2,
    why: 'failed',
  },
  { name: 'is of nothing', levels: [], held: 0, why: 'failed' },
])('holds $held when P95 $name', ({ levels, held, why }) => {
  expect(judgeRamp(levels)).toEqual({ held, why })
})

it('does not come back after it has been slower', () => {
  expect(judgeRamp([level(1, 500), level(2, 600), level(4, 500)]).held).toBe(1)
})

it('puts the rounds of a number of calls together, also when they were done apart', () => {
  const rounds = [level(2, 500), level(1, 400), level(2, 700, 1), level(9, 100)]
  expect(toLevels(rounds, [1, 2, 4])).toEqual([
    { calls: 1, gapsMs: [400, 400, 400], failures: 0 },
    { calls: 2, gapsMs: [500, 500, 500, 700, 700, 700], failures: 1 },
  ])
})

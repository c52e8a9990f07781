import { expect, it } from 'vitest'
import { describeRows, judgeRow } from './wire-row.ts'

it.each([
  { values: [100, 200], goal: { p50: 150, p95: 200 }, outcome: 'met' },
  { values: [100, 220], goal: { p50: 150, p95: 200 }, outcome: 'missed' },
  { values: [100, 200], goal: { p95: 200 }, outcome: 'met' },
  { values: [100, 2001], goal: { every: 2000 }, outcome: 'missed' },
  { values: [undefined], goal: { p95: 1 }, outcome: 'not measured' },
  { values: [5], goal: undefined, outcome: '' },
])('judges $values by $goal as "$outcome"', ({ values, goal, outcome }) => {
  expect(judgeRow({ name: 'a', values, ...(goal && { goal }) }).outcome).toBe(outcome)
})

it('prints goals as they are judged', () => {
  const rows = [
    judgeRow({ name: 'a', values: [1], goal: { p95: 200 } }),
    judgeRow({ name: 'b', values: [1], goal: { every: 2000 } }),
  ]
  expect(describeRows(rows)).toContain('– / 200  met')
  expect(describeRows(rows)).toContain('< 2000  met')
})

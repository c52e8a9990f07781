import { expect, it } from 'vitest'
import { toFigures } from './figures.ts'
import { judge } from './goals.ts'
import type { MeasuredCall } from './measured-call.ts'
import { trendMemory } from './memory.ts'

const call = (
  kind: MeasuredCall['kind'],
  { greetingMs, rests = [] }: { greetingMs: number; rests?: number[] },
): MeasuredCall => ({
  ...{ kind, failure: undefined, endReason: undefined, bargeIns: [], interruptions: 0 },
  timings: { ringingMs: 10, answeredMs: 500, greetingMs },
  turns: rests.map((restMs, index) => ({
    turnId: `turn-${index}`,
    interrupted: false,
    wireGapMs: 1000,
    waterfall: undefined,
    restMs,
  })),
  load: 0,
  settled: true,
})

const outcomes = (calls: readonly MeasuredCall[]) =>
  judge({
    figures: toFigures(calls),
    leftovers: [
      { name: 'rooms', count: 0 },
      { name: 'jobs', count: 1 },
      { name: 'RTP ports', count: undefined },
    ],
    memory: trendMemory([{ agent: 1 }, { agent: 900 }]),
  }).map(({ outcome }) => outcome)

it('says of each goal whether it was met', () => {
  const calls = [
    call('line', { greetingMs: 850, rests: [100, 149, 230] }),
    call('bare', { greetingMs: 700 }),
  ]
  expect(outcomes(calls)).toEqual([
    ...['met', 'met', 'missed'],
    ...['met', 'missed', 'not measured'],
    'not measured',
  ])
})

it('claims nothing that was not measured', () => {
  const calls = [call('line', { greetingMs: 850 })]
  expect(outcomes(calls).slice(0, 3)).toEqual(['not measured', 'not measured', 'not measured'])
})

it('takes the difference of medians, not the median of differences', () => {
  const calls = [
    ...[800, 900, 2000].map((greetingMs) => call('line', { greetingMs })),
    ...[600, 700, 1900].map((greetingMs) => call('bare', { greetingMs })),
  ]
  expect(toFigures(calls).greetingBeyondBareMs).toBe(200)
})

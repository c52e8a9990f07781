import { describe, expect, it } from 'vitest'
import { toLoadGoals, toRowGoals } from './goals.ts'

const summary = (p95: number) => ({ count: 9, p50: 1, p95, max: p95 })
const load = {
  ...{
    database: 'pglite',
    calls: 500,
    own: summary(15),
    memoryKbPerCall: 150,
    growthKbPerCall: 400,
  },
  ...{ toModel: undefined, fromModel: undefined, whole: undefined, model: undefined },
  ...{ turns: 9, busy: 0.5, benchLateP95Ms: 1 },
}
const row = {
  ...{ database: 'pglite', calls: 20_000, callsPerSecond: 40, endings: {}, memoryMb: [] },
  ...{ rooms: 0, channels: 0, keysWithoutTtl: 0, ends: { '1': 20_000 }, withoutReason: 0 },
  slopeKbPerCall: 1,
}
const verdicts = (goals: readonly { isMet: boolean }[]) => goals.map(({ isMet }) => isMet)

describe('toLoadGoals', () => {
  it('judges latency and memory each by its own bound', () => {
    expect(verdicts(toLoadGoals(load))).toEqual([true, true])
    expect(verdicts(toLoadGoals({ ...load, own: summary(15.1) }))).toEqual([false, true])
    expect(verdicts(toLoadGoals({ ...load, memoryKbPerCall: 151 }))).toEqual([true, false])
  })
  it('has not met a latency that nothing was measured of', () => {
    expect(verdicts(toLoadGoals({ ...load, own: undefined }))).toEqual([false, true])
  })
  it('says nothing of the memory of a few calls', () => {
    expect(verdicts(toLoadGoals({ ...load, calls: 10 }))).toEqual([false])
  })
})

describe('toRowGoals', () => {
  it('wants every call ended once and nothing left', () => {
    expect(verdicts(toRowGoals(row))).toEqual([true, true])
    for (const left of [
      { rooms: 1 },
      { channels: 1 },
      { keysWithoutTtl: 1 },
      { withoutReason: 1 },
      { ends: { '1': 19_999 } },
      { ends: { '1': 20_000, '2': 1 } },
    ]) {
      expect(verdicts(toRowGoals({ ...row, ...left }))).toEqual([false, true])
    }
  })
  it('calls memory level by its growth, in a long row only', () => {
    expect(verdicts(toRowGoals({ ...row, slopeKbPerCall: 1.1 }))).toEqual([true, false])
    const short = { ...row, calls: 500, ends: { '1': 500 }, slopeKbPerCall: 9 }
    expect(verdicts(toRowGoals(short))).toEqual([true])
  })
})

import { describe, expect, it } from 'vitest'
import { reachedLimit } from './limits.ts'

const base = {
  ...{ now: 100_000, startedAt: 0, lastSoundAt: 90_000, isBusy: false },
  ...{ callMs: 600_000, silenceMs: 30_000, costEur: 0.5, maxCostEur: undefined },
}

describe('reachedLimit', () => {
  it.each([
    ['nothing while both are far', {}, undefined],
    ['silence at its limit', { lastSoundAt: 70_000 }, 'silence'],
    ['nothing a millisecond before', { lastSoundAt: 70_001 }, undefined],
    ['no silence while a reply is made or spoken', { lastSoundAt: 0, isBusy: true }, undefined],
    ['the length of the call at its limit', { callMs: 100_000 }, 'max-duration'],
    ['the length even while speaking', { callMs: 100_000, isBusy: true }, 'max-duration'],
    ['the length before silence', { callMs: 100_000, lastSoundAt: 0 }, 'max-duration'],
    ['nothing while the call costs less than it may', { maxCostEur: 0.6 }, undefined],
    [
      'the cost at its limit, though somebody speaks',
      { maxCostEur: 0.5, isBusy: true },
      'cost-limit',
    ],
    ['the length before the cost', { maxCostEur: 0.1, callMs: 100_000 }, 'max-duration'],
  ])('reports %s', (_title, change, expected) => {
    expect(reachedLimit({ ...base, ...change })).toBe(expected)
  })
})

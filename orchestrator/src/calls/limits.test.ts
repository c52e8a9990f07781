import { describe, expect, it } from 'vitest'
import { isRepromptDue, reachedLimit } from './limits.ts'

const base = {
  ...{ now: 100_000, startedAt: 0, lastWordAt: 90_000, isBusy: false },
  ...{ callMs: 600_000, silenceMs: 30_000, costEur: 0.5, maxCostEur: undefined },
  ...{ heldSince: undefined, holdMs: 20_000 },
}

describe('reachedLimit', () => {
  it.each([
    ['nothing while both are far', {}, undefined],
    ['silence at its limit', { lastWordAt: 70_000 }, 'silence'],
    ['nothing a millisecond before', { lastWordAt: 70_001 }, undefined],
    ['no silence while a reply is made or spoken', { lastWordAt: 0, isBusy: true }, undefined],
    ['the length of the call at its limit', { callMs: 100_000 }, 'max-duration'],
    ['the length even while speaking', { callMs: 100_000, isBusy: true }, 'max-duration'],
    ['the length before silence', { callMs: 100_000, lastWordAt: 0 }, 'max-duration'],
    ['nothing while the call costs less than it may', { maxCostEur: 0.6 }, undefined],
    [
      'the cost at its limit, though somebody speaks',
      { maxCostEur: 0.5, isBusy: true },
      'cost-limit',
    ],
    ['the hold at its limit', { heldSince: 80_000 }, 'caller-hold'],
    ['nothing a millisecond before', { heldSince: 80_001 }, undefined],
    ['no silence on hold', { heldSince: 80_001, lastWordAt: 0 }, undefined],
    ['the hold though we are speaking into it', { heldSince: 0, isBusy: true }, 'caller-hold'],
    ['the length before the cost', { maxCostEur: 0.1, callMs: 100_000 }, 'max-duration'],
  ])('reports %s', (_title, change, expected) => {
    expect(reachedLimit({ ...base, ...change })).toBe(expected)
  })
})

describe('isRepromptDue', () => {
  const quiet = { ...base, reprompts: 2, made: 0, soundSince: undefined }
  it.each([
    ['at a third of the silence', { lastWordAt: 90_000 }, true],
    ['not before', { lastWordAt: 90_001 }, false],
    ['not twice for the same third', { lastWordAt: 90_000, made: 1 }, false],
    ['again at two thirds', { lastWordAt: 80_000, made: 1 }, true],
    ['not more often than the line wants', { lastWordAt: 0, made: 2 }, false],
    ['never where the line wants none', { lastWordAt: 0, reprompts: 0 }, false],
    ['not while a reply is made or spoken', { lastWordAt: 90_000, isBusy: true }, false],
    ['not while the caller holds us', { lastWordAt: 90_000, heldSince: 99_000 }, false],
    ['not when the caller has just begun to speak', { lastWordAt: 0, soundSince: 95_001 }, false],
    ['though noise goes on and on', { lastWordAt: 0, soundSince: 95_000 }, true],
  ])('%s', (_title, change, expected) => {
    expect(isRepromptDue({ ...quiet, ...change })).toBe(expected)
  })
})

import { describe, expect, it } from 'vitest'
import { toEndpointing } from './endpointing.ts'

const turnTaking = {
  minEndpointingDelayMs: 300,
  maxEndpointingDelayMs: 2000,
  minInterruptionMs: 400,
  falseInterruptionTimeoutMs: 1500,
  wordlessInterruptionMs: 1200,
  dictationPauseMs: 1500,
  maxSpeculations: 2,
  adaptToCaller: true,
}

describe('toEndpointing', () => {
  it.each([
    ['free', { mode: 'dynamic', minDelay: 300, maxDelay: 2000 }],
    ['date', { mode: 'dynamic', minDelay: 300, maxDelay: 2000 }],
    ['yes-no', { mode: 'fixed', minDelay: 300, maxDelay: 1000 }],
    ['digits', { mode: 'fixed', minDelay: 1000, maxDelay: 3000 }],
    ['spelling', { mode: 'fixed', minDelay: 1000, maxDelay: 3000 }],
  ] as const)('for %s: %j', (expectation, endpointing) => {
    expect(toEndpointing(turnTaking, expectation)).toEqual(endpointing)
  })
})

import type { TurnTaking } from '@trunkline/contracts'
import type { Expectation } from './expectation.ts'

export type { Expectation } from './expectation.ts'

/** How long silence must last before a turn is over; milliseconds. */
export interface Endpointing {
  readonly mode: 'fixed' | 'dynamic'
  readonly minDelay: number
  readonly maxDelay: number
}

/** Callers pause while they dictate: what is expected to come in pieces waits longer, and does not adapt. */
export function toEndpointing(turnTaking: TurnTaking, expect: Expectation = 'free'): Endpointing {
  const { minEndpointingDelayMs: minDelay, maxEndpointingDelayMs: maxDelay } = turnTaking
  switch (expect) {
    case 'free':
    case 'date':
      return { mode: 'dynamic', minDelay, maxDelay }
    case 'yes-no':
      return { mode: 'fixed', minDelay, maxDelay: Math.min(maxDelay, 1000) }
    case 'digits':
    case 'spelling':
      return {
        mode: 'fixed',
        minDelay: Math.max(minDelay, 1000),
        maxDelay: Math.max(maxDelay, 3000),
      }
    default:
      expect satisfies never
      return { mode: 'dynamic', minDelay, maxDelay }
  }
}

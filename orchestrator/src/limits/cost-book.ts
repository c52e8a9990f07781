import type { CallEvent, CallRecord } from '@trunkline/contracts'
import type { Prices } from '../records/prices.ts'
import { toUsage } from '../records/usage.ts'

/** What running calls have cost so far, by what their events tell. Amounts in euro. */
export interface CostBook {
  /** Takes note of an event; returns what it has cost. `call` is as it is after it. */
  take(call: CallRecord, event: CallEvent): number
  /** Adds what earlier events have cost, of a call that another process has begun. */
  restore(callId: string, events: readonly CallEvent[]): void
  /** Up to now: what has been told, and the time on the line. */
  costEur(call: CallRecord, now: number): number
  forget(callId: string): void
}

export function createCostBook(prices: Prices): CostBook {
  const spent = new Map<string, number>()
  const priceOf = (event: CallEvent, call?: CallRecord) =>
    toUsage(event, call).reduce((sum, item) => sum + prices.costEur(item), 0)
  return {
    take(call, event) {
      const cost = priceOf(event, call)
      spent.set(call.id, (spent.get(call.id) ?? 0) + cost)
      return cost
    },
    restore(callId, events) {
      const before = events.reduce((sum, event) => sum + priceOf(event), 0)
      spent.set(callId, (spent.get(callId) ?? 0) + before)
    },
    costEur(call, now) {
      const told = spent.get(call.id) ?? 0
      // The time on the line is told by the end only: priced here as if the call ended now.
      const reason = 'agent-goodbye'
      const onTheLine =
        call.endedAt === undefined ? priceOf({ type: 'call-ended', at: now, reason }, call) : 0
      return told + onTheLine
    },
    forget: (callId) => void spent.delete(callId),
  }
}

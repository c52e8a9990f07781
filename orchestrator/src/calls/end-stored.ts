import type { EndReason, ReconciledWhat } from '@trunkline/contracts'
import type { Metrics } from '../metrics.ts'
import type { CallStore } from '../store/call-store.ts'
import type { StoredCall } from '../store/stored-call.ts'
import { createJournal, type Lease } from './journal.ts'

/** How long a call is kept for operators to see when no line says it. */
export const unknownLineTtlSeconds = 3600

export interface EndStoredOptions {
  readonly reason: EndReason
  /** Taken for this call before it was read. */
  readonly lease: Lease
  readonly ttlSeconds: number
  /** How it was found that the call is over. */
  readonly what?: ReconciledWhat | undefined
}

export interface EndStoredDeps {
  readonly store: Pick<CallStore, 'append' | 'isHealthy'>
  readonly metrics: Metrics
  readonly now: () => number
}

/** Writes the end of a call that no session here has: its record stays as Redis has it. Gives the reason it ends with. */
export function endStored(
  { call, lastEventId }: StoredCall,
  { reason, lease, ttlSeconds, what }: EndStoredOptions,
  { store, metrics, now }: EndStoredDeps,
): EndReason {
  const journal = createJournal({
    ...{ record: call, lastEventId, ttlSeconds, store, metrics, now },
    lease: () => lease,
  })
  if (what !== undefined) journal.emit({ at: now(), type: 'reconciled', what })
  if (call.state !== 'ending') journal.emit({ at: now(), type: 'call-ending', reason })
  const final = journal.record.endReason ?? reason
  journal.emit({ at: now(), type: 'call-ended', reason: final })
  metrics.callEnded(final)
  return final
}

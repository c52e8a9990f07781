import type { EndReason, ReconciledWhat } from '@trunkline/contracts'
import type { Metrics } from '../metrics.ts'
import type { CallStore } from '../store/call-store.ts'
import { isOver } from './call-machine.ts'
import { endStored } from './end-stored.ts'

export interface CloseForgottenDeps {
  readonly store: Pick<CallStore, 'adoptToClose' | 'append' | 'findByRoom' | 'isHealthy' | 'read'>
  readonly metrics: Metrics
  readonly now: () => number
  /** How long a line keeps its calls, in seconds. */
  readonly ttlSecondsOf: (lineId: string) => number
}

/**
 * Writes the end of a call whose orchestrator is gone and whose agent found no other: without it the record would
 * stay open for as long as it is kept. Does nothing for a call that has ended or was never known.
 */
export async function closeForgotten(
  { roomSid, reason, what }: { roomSid: string; reason: EndReason; what?: ReconciledWhat },
  deps: CloseForgottenDeps,
): Promise<void> {
  const { store, ttlSecondsOf } = deps
  const callId = await store.findByRoom(roomSid)
  if (callId === undefined || !(await isOpen(store, callId))) return
  const claimed = await store.adoptToClose(callId)
  // Read again with the lease in hand: others may just have closed the same call.
  const stored = claimed && (await store.read(callId))
  if (!stored || isOver(stored.call.state)) return
  const { call, epoch, jobId, handled } = stored
  const lease = { epoch, token: claimed.token, jobId, handled }
  endStored(stored, { reason, what, lease, ttlSeconds: ttlSecondsOf(call.line) }, deps)
}

async function isOpen(store: Pick<CallStore, 'read'>, callId: string): Promise<boolean> {
  const stored = await store.read(callId)
  return stored !== undefined && !isOver(stored.call.state)
}

import type { AgentMessageOf, EndReason } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { Rooms } from '../livekit/rooms.ts'
import type { Metrics } from '../metrics.ts'
import type { CallStore } from '../store/call-store.ts'
import type { Claim } from '../store/claim.ts'
import { toCallRecord } from './apply-event.ts'
import { createJournal } from './journal.ts'
import { toCreated } from './new-call.ts'
import { readJobMetadata } from './resolve-line.ts'

/** How long a refused call is kept for operators to see. */
export const refusedTtlSeconds = 3600

export interface RefusedCallDeps {
  readonly store: Pick<CallStore, 'append' | 'isHealthy'>
  readonly rooms: Pick<Rooms, 'delete'>
  readonly metrics: Metrics
  readonly logger: Logger
  /** Epoch milliseconds. */
  readonly now: () => number
}

/**
 * Puts on record a call for a number or line that nobody has, and ends it: its caller gets a final answer by the room's
 * end.
 */
export function recordRefusedCall(
  { hello, claimed }: { hello: AgentMessageOf<'hello'>; claimed: Claim },
  { store, rooms, metrics, logger, now }: RefusedCallDeps,
): void {
  const { callId, epoch, token } = claimed
  const isNamed = readJobMetadata(hello.metadata).line !== undefined
  const reason: EndReason = isNamed ? 'unknown-line' : 'unknown-number'
  const created = toCreated(hello, { line: undefined, at: now() })
  const journal = createJournal({
    ...{ record: toCallRecord(callId, created), ttlSeconds: refusedTtlSeconds },
    ...{ store, metrics, now },
    lease: () => ({ epoch, token, jobId: hello.jobId, handled: 0 }),
  })
  journal.emit(created)
  journal.emit({ type: 'call-ending', at: now(), reason })
  journal.emit({ type: 'call-ended', at: now(), reason })
  metrics.callEnded(reason)
  logger.info({ callId, reason, pii: { room: hello.room } }, 'call refused')
  inBackground(rooms.delete(hello.room), {
    onError: (error) => logger.error({ err: error, callId }, 'deleting the room failed'),
  })
}

import type { AgentMessageOf, EndReason } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { Rooms } from '../livekit/rooms.ts'
import type { Claim } from '../store/claim.ts'
import type { StoredCall } from '../store/stored-call.ts'
import { toCallRecord } from './apply-event.ts'
import { type EndStoredDeps, endStored, unknownLineTtlSeconds } from './end-stored.ts'
import { createJournal } from './journal.ts'
import { toCreated } from './new-call.ts'
import { readJobMetadata } from './resolve-line.ts'

export interface RefusedCallDeps extends EndStoredDeps {
  readonly rooms: Pick<Rooms, 'delete'>
  readonly logger: Logger
}

interface Refused {
  readonly hello: AgentMessageOf<'hello'>
  readonly claimed: Claim
}

/** Puts on record a call for a number or line that nobody has, and ends it. */
export function recordRefusedCall({ hello, claimed }: Refused, deps: RefusedCallDeps): void {
  const { store, metrics, now } = deps
  const { callId, epoch, token } = claimed
  const isNamed = readJobMetadata(hello.metadata).line !== undefined
  const reason: EndReason = isNamed ? 'unknown-line' : 'unknown-number'
  const created = toCreated(hello, { line: undefined, at: now() })
  const journal = createJournal({
    ...{ record: toCallRecord(callId, created), ttlSeconds: unknownLineTtlSeconds },
    ...{ store, metrics, now },
    lease: () => ({ epoch, token, jobId: hello.jobId, handled: 0 }),
  })
  journal.emit(created)
  journal.emit({ type: 'call-ending', at: now(), reason })
  journal.emit({ type: 'call-ended', at: now(), reason })
  metrics.callEnded(reason)
  letGo({ hello, claimed }, { reason, ...deps })
}

/**
 * Ends a call whose line was removed while it ran, and whose process is not there any more: a session keeps its line,
 * Redis knows no more of it than its name.
 */
export function endLinelessCall(
  { hello, claimed, stored }: Refused & { readonly stored: StoredCall },
  deps: RefusedCallDeps,
): void {
  const { epoch, token } = claimed
  const { jobId } = hello
  const lease = { epoch, token, jobId, handled: stored.jobId === jobId ? stored.handled : 0 }
  const end = { reason: 'unknown-line', lease, ttlSeconds: unknownLineTtlSeconds } as const
  letGo({ hello, claimed }, { reason: endStored(stored, end, deps), ...deps })
}

/** The caller gets a final answer by the room's end. */
function letGo(
  { hello: { room }, claimed: { callId } }: Refused,
  { reason, rooms, logger }: Pick<RefusedCallDeps, 'rooms' | 'logger'> & { reason: EndReason },
): void {
  logger.info({ callId, reason, pii: { room } }, 'call refused')
  inBackground(rooms.delete(room), {
    onError: (error) => logger.error({ err: error, callId }, 'deleting the room failed'),
  })
}

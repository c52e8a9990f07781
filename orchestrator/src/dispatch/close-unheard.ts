import { randomUUID } from 'node:crypto'
import type { EndReason } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import { toCallRecord } from '../calls/apply-event.ts'
import { unknownLineTtlSeconds } from '../calls/end-stored.ts'
import { createJournal } from '../calls/journal.ts'
import { resolveLine } from '../calls/resolve-line.ts'
import { toLineSpeech } from '../calls/speech.ts'
import type { LineStore } from '../lines/line-store.ts'
import type { Rooms } from '../livekit/rooms.ts'
import type { Metrics } from '../metrics.ts'
import type { CallStore } from '../store/call-store.ts'

export interface CloseUnheardDeps {
  readonly store: Pick<CallStore, 'append' | 'claim' | 'isHealthy'>
  readonly lines: Pick<LineStore, 'byId' | 'byNumber'>
  readonly rooms: Pick<Rooms, 'delete'>
  readonly metrics: Metrics
  readonly logger: Logger
  readonly now: () => number
}

/** A room of ours that no agent has said hello from. */
export interface UnheardRoom {
  readonly room: string
  readonly roomSid: string
  /** What its job would have been told. */
  readonly metadata?: string
  /** Known where we made the room. */
  readonly direction?: 'outbound'
}

/** Ends a room to which no agent came, with a call on record that says so; `no-agent` by default. */
export async function closeUnheard(
  { room, roomSid, metadata = '', direction }: UnheardRoom,
  { store, lines, rooms, metrics, logger, now }: CloseUnheardDeps,
  reason: EndReason = 'no-agent',
): Promise<void> {
  // No job has this name, so a late one is newer and finds the call ended.
  const jobId = `none-${roomSid}`
  const line = resolveLine({ room, metadata }, lines)
  const ttlSeconds = line?.retention.liveSeconds ?? unknownLineTtlSeconds
  try {
    const newCallId = randomUUID()
    const claim = await store.claim({
      roomSid,
      jobId,
      minEpoch: 0,
      isReplacement: false,
      knownEpoch: 0,
      newCallId,
      ttlSeconds,
    })
    if (claim.callId === newCallId) {
      const greeting = line ? toLineSpeech(line).greeting : ''
      const created = { at: now(), type: 'call-created', room, roomSid, jobId, greeting } as const
      const begun = { ...created, line: line?.id ?? '' }
      const journal = createJournal({
        record: toCallRecord(claim.callId, begun),
        ...{ ttlSeconds, store, metrics, now },
        lease: () => ({ epoch: claim.epoch, token: claim.token, jobId, handled: 0 }),
      })
      journal.emit(begun)
      if (direction) journal.emit({ type: 'call-started', at: now(), direction })
      journal.emit({ type: 'call-ending', at: now(), reason })
      journal.emit({ type: 'call-ended', at: now(), reason })
      metrics.callEnded(reason)
      // Only when an agent was to come it is a fault of ours.
      const level = reason === 'no-agent' ? 'error' : 'info'
      logger[level]({ callId: claim.callId, reason }, 'call ended')
    }
  } catch (error) {
    logger.warn({ err: error }, 'a call without an agent is not on record')
  }
  await rooms.delete(room)
}

import { type CallEvent, type CallRecord, callEvent } from '@trunkline/contracts'
import { asc, eq } from 'drizzle-orm'
import { applyEvent, toCallRecord } from '../calls/apply-event.ts'
import type { DatabaseClient, DatabaseTransaction } from '../database/database.ts'
import { callEvents, calls, transcripts, turns } from '../database/records-schema.ts'
import { toUsage } from './usage.ts'
import type { CallUsage } from './write-batch.ts'

/** A call's events as they are on record, in order; those of a newer version are left out. */
export async function readRecordedEvents(
  client: DatabaseClient | DatabaseTransaction,
  callId: string,
): Promise<{ id: string; event: CallEvent }[]> {
  const rows = await client
    .select({ id: callEvents.eventId, event: callEvents.event })
    .from(callEvents)
    .where(eq(callEvents.callId, callId))
    .orderBy(asc(callEvents.ms), asc(callEvents.n))
  return rows.flatMap(({ id, event }) => {
    const parsed = callEvent.safeParse(event)
    return parsed.success ? [{ id, event: parsed.data }] : []
  })
}

/** Told of an event that is newly on record, in the same transaction, with the call as it was after it. */
export type OnRecorded = (
  tx: DatabaseTransaction,
  recorded: { readonly call: CallRecord; readonly event: CallEvent },
) => Promise<void>

/**
 * Makes the rows of a call from all its events, in place of those there are. Returns what the call has used, as far
 * as only its end tells. Does nothing while the first event has not come.
 */
export async function projectCall(
  tx: DatabaseTransaction,
  callId: string,
  { isNew, onRecorded }: { isNew: (eventId: string) => boolean; onRecorded: OnRecorded },
): Promise<CallUsage[]> {
  const entries = await readRecordedEvents(tx, callId)
  const events = entries.map(({ event }) => event)
  const [first, ...later] = entries
  if (first?.event.type !== 'call-created') return []
  let record = toCallRecord(callId, first.event)
  if (isNew(first.id)) await onRecorded(tx, { call: record, event: first.event })
  for (const { id, event } of later) {
    record = applyEvent(record, event)
    if (isNew(id)) await onRecorded(tx, { call: record, event })
  }
  const { turns: turnRecords, ...rest } = record
  const row = { ...toCallRow(rest), lastEventAt: Math.max(...events.map(({ at }) => at)) }
  await tx.insert(calls).values(row).onConflictDoUpdate({ target: calls.id, set: row })
  await tx.delete(turns).where(eq(turns.callId, callId))
  await tx.delete(transcripts).where(eq(transcripts.callId, callId))
  const turnRows = turnRecords.map((turn, position) => ({
    ...{ callId, turnId: turn.turnId, position, state: turn.state, language: turn.language },
    ...{ receivedAt: turn.receivedAt, record: turn },
  }))
  if (turnRows.length > 0) await tx.insert(turns).values(turnRows)
  const lines = toTranscript(record, events).map((line, position) => ({
    callId,
    position,
    ...line,
  }))
  if (lines.length > 0) await tx.insert(transcripts).values(lines)
  return entries.flatMap(({ id, event }) =>
    event.type === 'call-ended'
      ? toUsage(event, record).map((item) => ({ ...item, callId, eventId: id, at: event.at }))
      : [],
  )
}

function toCallRow(record: Omit<CallRecord, 'turns'>) {
  const { id, line, state, direction, room, roomSid, sipCallId, callerHash } = record
  const { createdAt, activeAt, endedAt, endReason } = record
  return {
    ...{ id, line, state, room, roomSid, createdAt, record },
    ...{ direction: direction ?? null, sipCallId: sipCallId ?? null },
    ...{ callerHash: callerHash ?? null, activeAt: activeAt ?? null },
    ...{ endedAt: endedAt ?? null, endReason: endReason ?? null },
    transcriptRemovedAt: null, // a late event may have brought words again
  }
}

type Line = Omit<typeof transcripts.$inferInsert, 'callId' | 'position'>

/** What each side has really said and heard, in order. A turn that was merged into the next one is not said twice. */
function toTranscript(record: CallRecord, events: readonly CallEvent[]): Line[] {
  const lines: Line[] = []
  const turnsById = new Map(record.turns.map((turn) => [turn.turnId, turn]))
  for (const event of events) {
    switch (event.type) {
      case 'turn-received':
        if (turnsById.get(event.turnId)?.state === 'superseded') break
        lines.push({ ...toLine(event, 'caller'), turnId: event.turnId, language: event.language })
        break
      case 'heard':
        lines.push({
          ...toLine(event, 'agent'),
          turnId: event.turnId,
          language: turnsById.get(event.turnId)?.language ?? null,
        })
        break
      case 'external-transcript':
        lines.push({ ...toLine(event, event.speaker), language: event.language })
        break
    }
  }
  return lines.filter(({ text }) => text !== '')
}

function toLine(
  { text, at }: { readonly text: string; readonly at: number },
  speaker: Line['speaker'],
): Pick<Line, 'speaker' | 'text' | 'at'> {
  return { speaker, text, at }
}

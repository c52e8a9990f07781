import { createHash } from 'node:crypto'
import { type CallEvent, type Consent, callEvent, consent } from '@trunkline/contracts'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { z } from 'zod'
import type { DatabaseClient, DatabaseTransaction } from '../database/database.ts'
import {
  callEvents,
  calls,
  consents,
  goneCalls,
  recordings,
  usage,
} from '../database/records-schema.ts'
import { isConsentFromOutside } from './consent-from-outside.ts'
import type { Prices } from './prices.ts'
import { type OnRecorded, projectCall } from './project-call.ts'
import type { RecordEntry, RecordEntryOf } from './record-entry.ts'
import type { UsageItem } from './usage.ts'

/** One use of an engine that was not on record before. */
export interface NewUsage extends UsageItem {
  readonly costEur: number
}

export interface BatchOutcome {
  /** Entries that were not on record before. */
  readonly events: number
  readonly usage: readonly NewUsage[]
}

export interface WriteBatchOptions {
  readonly prices: Prices
  /** For events that change a call's state or tell what a tool did; the outbox of owners' webhooks hangs here. */
  readonly onRecorded?: OnRecorded | undefined
}

type EventEntry = RecordEntryOf<'call-event'>

const insertedRows = z.object({
  rows: z.array(z.object({ call_id: z.string(), event_id: z.string() })),
})

/**
 * Writes entries in one transaction. All of it is idempotent: an entry that is known changes nothing, one that comes
 * late or out of order takes its place, and one of a call that was erased is dropped.
 */
export function writeBatch(
  client: DatabaseClient,
  entries: readonly RecordEntry[],
  { prices, onRecorded }: WriteBatchOptions,
): Promise<BatchOutcome> {
  return client.transaction(async (tx) => {
    const callIds = [...new Set(entries.flatMap(({ callId }) => (callId ? [callId] : [])))]
    await lockCalls(tx, callIds)
    const gone = await readGone(tx, callIds)
    const kept = entries.filter(({ callId }) => callId === undefined || !gone.has(callId))
    const events = await insertEvents(tx, kept.filter(isEvent))
    await insertRecordings(tx, [...kept.filter(isRecording), ...events.flatMap(toEventRecording)])
    await insertConsents(tx, events)
    const used = await insertUsage(tx, events.flatMap(toEventUsage), { prices })
    const closing: CallUsage[] = []
    const fresh = new Set(events.map(({ callId, eventId }) => `${callId} ${eventId}`))
    for (const callId of await needingProjection(tx, events)) {
      const isNew = (eventId: string) => fresh.has(`${callId} ${eventId}`)
      const told = onRecorded ?? (async () => {})
      closing.push(...(await projectCall(tx, callId, { isNew, onRecorded: told })))
    }
    const atEnd = await insertUsage(tx, closing, { prices })
    return { events: events.length, usage: [...used, ...atEnd] }
  })
}

/** Two consumers may hold events of one call: they take turns, in one order for all, so none waits in a circle. */
async function lockCalls(tx: DatabaseTransaction, callIds: readonly string[]): Promise<void> {
  const keys = callIds.map((id) => createHash('sha256').update(id).digest().readInt32BE(0))
  const sorted = [...new Set(keys)].sort((a, b) => a - b)
  if (sorted.length === 0) return
  await tx.execute(sql`
    select pg_advisory_xact_lock(7245, key)
    from (select unnest(array[${sql.raw(sorted.join(','))}]::int[]) as key order by 1) as sorted`)
}

async function readGone(
  tx: DatabaseTransaction,
  callIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (callIds.length === 0) return new Set()
  const found = await tx
    .select()
    .from(goneCalls)
    .where(inArray(goneCalls.callId, [...callIds]))
  return new Set(found.map(({ callId }) => callId))
}

/** The entries that were not on record yet. */
async function insertEvents(
  tx: DatabaseTransaction,
  entries: readonly EventEntry[],
): Promise<EventEntry[]> {
  if (entries.length === 0) return []
  const rows = entries.map(({ callId, eventId, event }) => {
    const [ms, n] = eventId.split('-').map(Number)
    return { callId, eventId, ms: ms ?? 0, n: n ?? 0, type: event.type, at: event.at, event }
  })
  // As one value: making SQL of hundreds of rows would hold up every call of this process.
  const inserted = await tx.execute(sql`
    insert into call_events (call_id, event_id, ms, n, type, at, event)
    select "callId", "eventId", ms, n, type, at, event
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as row(
      "callId" text, "eventId" text, ms bigint, n integer, type text, at double precision, event jsonb
    )
    on conflict do nothing
    returning call_id, event_id`)
  const isNew = new Set(
    insertedRows.parse(inserted).rows.map((row) => `${row.call_id} ${row.event_id}`),
  )
  const fresh = new Map(entries.map((entry) => [`${entry.callId} ${entry.eventId}`, entry]))
  return [...fresh].filter(([key]) => isNew.has(key)).map(([, entry]) => entry)
}

/** What the agent's own recorder has told as an event of its call. */
function toEventRecording({ callId, eventId, event }: EventEntry): RecordEntryOf<'recording'>[] {
  const parsed = callEvent.safeParse(event)
  if (!parsed.success) return []
  const { data } = parsed
  switch (data.type) {
    case 'recording-started': {
      const { at, reference } = data
      const id = `${callId}/${reference}`
      return [{ kind: 'recording', id, callId, status: 'started', at, reference, source: 'agent' }]
    }
    case 'recording-removed': {
      const { at, reference } = data
      const id = `${callId}/${reference}`
      return [{ kind: 'recording', id, callId, status: 'removed', at, reference, source: 'agent' }]
    }
    case 'recording-finished': {
      const { type: _type, ...recording } = data
      // What agents have begun is found again by where it lies.
      const id = `${callId}/${data.source === 'agent' ? data.reference : eventId}`
      return [{ kind: 'recording', id, callId, status: 'complete', ...recording }]
    }
    default:
      return []
  }
}

async function insertRecordings(
  tx: DatabaseTransaction,
  entries: readonly RecordEntryOf<'recording'>[],
): Promise<void> {
  for (const { kind: _kind, ...row } of entries) {
    const { id: _id, ...set } = {
      ...row,
      // Nothing of it is left: its row goes the way of those whose files were deleted.
      ...(row.status === 'removed' && { deleteAskedAt: row.at }),
    }
    await tx
      .insert(recordings)
      .values({ ...set, id: row.id })
      .onConflictDoUpdate({
        target: recordings.id,
        set,
        setWhere: sql`${recordings.at} <= excluded.at`, // an older word never undoes a newer one
      })
  }
}

async function insertConsents(tx: DatabaseTransaction, entries: readonly EventEntry[]) {
  for (const { callId, eventId, event } of entries) {
    const parsed = callEvent.safeParse(event)
    const given = parsed.success ? toConsent(parsed.data) : undefined
    if (!parsed.success || !given) continue
    const line = await readLineOf(tx, callId)
    await tx
      .insert(consents)
      .values({ callId, eventId, line, at: parsed.data.at, ...given })
      .onConflictDoNothing()
    if (given.kind === 'recording' && given.decision !== 'given') {
      const isOurs = and(eq(recordings.callId, callId), isNull(recordings.deleteAskedAt))
      await tx.update(recordings).set({ deleteAskedAt: parsed.data.at }).where(isOurs)
    }
  }
}

/** A consent that was given in the call, or told by another program. */
function toConsent(event: CallEvent): Consent | undefined {
  if (event.type === 'consent') return consent.parse(event)
  return isConsentFromOutside(event) ? consent.safeParse(event.data).data : undefined
}

/** Empty when the call's first event has not come. */
async function readLineOf(tx: DatabaseTransaction, callId: string): Promise<string> {
  const isFirst = and(eq(callEvents.callId, callId), eq(callEvents.type, 'call-created'))
  const [row] = await tx.select({ event: callEvents.event }).from(callEvents).where(isFirst)
  const created = callEvent.safeParse(row?.event)
  return created.success && created.data.type === 'call-created' ? created.data.line : ''
}

/** Use of one call, told by one event. */
export interface CallUsage extends UsageItem {
  readonly callId: string
  readonly eventId: string
  readonly at: number
}

function toEventUsage({ callId, eventId, event, usage: items = [] }: EventEntry): CallUsage[] {
  return items.map((item) => ({ callId, eventId, at: event.at, ...item }))
}

async function insertUsage(
  tx: DatabaseTransaction,
  used: readonly CallUsage[],
  { prices }: { prices: Prices },
): Promise<NewUsage[]> {
  if (used.length === 0) return []
  const rows = used.map((item) => ({ ...item, costEur: prices.costEur(item) }))
  const inserted = await tx.insert(usage).values(rows).onConflictDoNothing().returning()
  return inserted.map(({ kind, engine, unit, amount, costEur }) => {
    return { kind, engine, unit, amount, costEur }
  })
}

/**
 * Calls whose rows have to be made anew: those whose state has changed, and those that were over already when an
 * event of theirs came late. While a call runs, Redis answers for it, and its other events only pile up.
 */
async function needingProjection(
  tx: DatabaseTransaction,
  entries: readonly EventEntry[],
): Promise<string[]> {
  const touched = [...new Set(entries.map(({ callId }) => callId))]
  if (touched.length === 0) return []
  const changed = new Set(
    entries.filter(({ event }) => isMilestone(event.type)).map(({ callId }) => callId),
  )
  const known = await tx
    .select({ id: calls.id, state: calls.state })
    .from(calls)
    .where(inArray(calls.id, touched))
  for (const { id, state } of known) if (state === 'ended' || state === 'failed') changed.add(id)
  return [...changed].sort()
}

function isMilestone(type: string): boolean {
  return type.startsWith('call-') || type === 'tool-finished' || type === 'transfer-failed'
}

function isEvent(entry: RecordEntry): entry is EventEntry {
  return entry.kind === 'call-event'
}

function isRecording(entry: RecordEntry): entry is RecordEntryOf<'recording'> {
  return entry.kind === 'recording'
}

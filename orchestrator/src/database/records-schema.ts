import type { CallEvent, CallRecord, TurnRecord } from '@trunkline/contracts'
import {
  bigint,
  doublePrecision,
  integer,
  jsonb,
  numeric,
  pgTable,
  primaryKey,
  text,
} from 'drizzle-orm/pg-core'

// The tables of migration 0004. Times are epoch milliseconds with fractions.

export const callEvents = pgTable(
  'call_events',
  {
    callId: text('call_id').notNull(),
    eventId: text('event_id').notNull(),
    ms: bigint('ms', { mode: 'number' }).notNull(),
    n: integer('n').notNull(),
    type: text('type').notNull(),
    at: doublePrecision('at').notNull(),
    /** May be of a type that only a newer version knows. */
    event: jsonb('event').$type<{ type: string; at: number } | CallEvent>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.eventId] })],
)

export const calls = pgTable('calls', {
  id: text('id').primaryKey(),
  line: text('line').notNull(),
  state: text('state').notNull(),
  direction: text('direction'),
  room: text('room').notNull(),
  roomSid: text('room_sid').notNull(),
  sipCallId: text('sip_call_id'),
  callerHash: text('caller_hash'),
  createdAt: doublePrecision('created_at').notNull(),
  activeAt: doublePrecision('active_at'),
  endedAt: doublePrecision('ended_at'),
  endReason: text('end_reason'),
  lastEventAt: doublePrecision('last_event_at').notNull(),
  record: jsonb('record').$type<Omit<CallRecord, 'turns'>>().notNull(),
  transcriptRemovedAt: doublePrecision('transcript_removed_at'),
})

export const turns = pgTable(
  'turns',
  {
    callId: text('call_id').notNull(),
    turnId: text('turn_id').notNull(),
    position: integer('position').notNull(),
    state: text('state').notNull(),
    language: text('language').notNull(),
    receivedAt: doublePrecision('received_at').notNull(),
    record: jsonb('record').$type<TurnRecord>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.turnId] })],
)

export const transcripts = pgTable(
  'transcripts',
  {
    callId: text('call_id').notNull(),
    position: integer('position').notNull(),
    speaker: text('speaker', { enum: ['caller', 'agent', 'other'] }).notNull(),
    turnId: text('turn_id'),
    language: text('language'),
    text: text('text').notNull(),
    at: doublePrecision('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.position] })],
)

export const usage = pgTable(
  'usage',
  {
    callId: text('call_id').notNull(),
    eventId: text('event_id').notNull(),
    kind: text('kind', { enum: ['llm', 'asr', 'tts', 'telephony'] }).notNull(),
    engine: text('engine').notNull(),
    unit: text('unit', {
      enum: ['prompt-token', 'completion-token', 'second', 'character', 'minute'],
    }).notNull(),
    amount: doublePrecision('amount').notNull(),
    costEur: numeric('cost_eur', { precision: 16, scale: 8, mode: 'number' }).notNull(),
    at: doublePrecision('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.eventId, table.kind, table.unit] })],
)

export const consents = pgTable(
  'consents',
  {
    callId: text('call_id').notNull(),
    eventId: text('event_id').notNull(),
    line: text('line').notNull().default(''),
    kind: text('kind').notNull(),
    decision: text('decision', { enum: ['given', 'refused', 'withdrawn'] }).notNull(),
    textVersion: text('text_version').notNull(),
    language: text('language'),
    at: doublePrecision('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.callId, table.eventId] })],
)

export const recordings = pgTable('recordings', {
  id: text('id').primaryKey(),
  callId: text('call_id'),
  roomSid: text('room_sid'),
  source: text('source', { enum: ['egress', 'agent', 'other'] }).notNull(),
  reference: text('reference').notNull(),
  status: text('status').notNull(),
  startedAt: doublePrecision('started_at'),
  endedAt: doublePrecision('ended_at'),
  durationMs: doublePrecision('duration_ms'),
  bytes: bigint('bytes', { mode: 'number' }),
  at: doublePrecision('at').notNull(),
  deleteAskedAt: doublePrecision('delete_asked_at'),
})

export const goneCalls = pgTable('gone_calls', {
  callId: text('call_id').primaryKey(),
  at: doublePrecision('at').notNull(),
})

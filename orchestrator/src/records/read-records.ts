import { type CallDetails, type CallRecord, callRecord } from '@trunkline/contracts'
import { and, asc, desc, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { rebuildRecord } from '../calls/apply-event.ts'
import { isOver } from '../calls/call-machine.ts'
import type { DatabaseClient } from '../database/database.ts'
import { calls, consents, recordings, turns, usage } from '../database/records-schema.ts'
import { effects } from '../database/schema.ts'
import { OrchestratorError } from '../errors.ts'
import type { CallQuery } from '../store/call-store.ts'
import { readRecordedEvents } from './project-call.ts'

/** The records' side of GET /v1/calls: calls that have left Redis. Every method throws while Postgres is away. */
export interface RecordReader {
  readCall(callId: string): Promise<CallRecord | undefined>
  /** Newest first, with a cursor of the records' own. */
  listCalls(query: CallQuery): Promise<{ calls: CallRecord[]; nextCursor?: string }>
  /** Effects, use and costs, consent and recordings of a call, running or over. */
  readDetails(callId: string): Promise<CallDetails>
}

export function createRecordReader(client: DatabaseClient): RecordReader {
  return {
    async readCall(callId) {
      const [row] = await client.select().from(calls).where(eq(calls.id, callId))
      const stored = row && callRecord.omit({ turns: true }).safeParse(row.record)
      if (stored?.success && isOver(stored.data.state)) {
        const found = await client
          .select({ record: turns.record })
          .from(turns)
          .where(eq(turns.callId, callId))
          .orderBy(asc(turns.position))
        return { ...stored.data, turns: found.map(({ record }) => record) }
      }
      // Its end never came: what its events tell is newer than its row.
      const entries = await readRecordedEvents(client, callId)
      return rebuildRecord(
        callId,
        entries.map(({ event }) => event),
      )
    },
    async listCalls(query) {
      const { limit } = query
      const conditions: (SQL | undefined)[] = [
        query.state === undefined ? undefined : eq(calls.state, query.state),
        query.line === undefined ? undefined : eq(calls.line, query.line),
        query.room === undefined ? undefined : eq(calls.room, query.room),
        query.sipCallId === undefined ? undefined : eq(calls.sipCallId, query.sipCallId),
        query.cursor === undefined ? undefined : isAfter(readCursor(query.cursor)),
      ]
      const rows = await client
        .select({ record: calls.record })
        .from(calls)
        .where(and(...conditions))
        .orderBy(desc(calls.createdAt), desc(calls.id))
        .limit(limit + 1)
      const page = rows.slice(0, limit).map(({ record }): CallRecord => ({ ...record, turns: [] }))
      const last = page.at(-1)
      return { calls: page, ...(rows.length > limit && last ? { nextCursor: toCursor(last) } : {}) }
    },
    async readDetails(callId) {
      const used = await client
        .select({
          kind: usage.kind,
          engine: usage.engine,
          unit: usage.unit,
          amount: sql<number>`sum(${usage.amount})::double precision`,
          costEur: sql<number>`sum(${usage.costEur})::double precision`,
        })
        .from(usage)
        .where(eq(usage.callId, callId))
        .groupBy(usage.kind, usage.engine, usage.unit)
        .orderBy(usage.kind, usage.engine, usage.unit)
      const [call] = await client
        .select({ roomSid: calls.roomSid })
        .from(calls)
        .where(eq(calls.id, callId))
      return {
        effects: await client
          .select({
            ...{ tool: effects.tool, turnId: effects.turnId, state: effects.state },
            ...{ arguments: effects.arguments, result: effects.result },
          })
          .from(effects)
          .where(eq(effects.callId, callId))
          .orderBy(asc(effects.createdAt)),
        usage: used,
        costEur: used.reduce((sum, { costEur }) => sum + costEur, 0),
        consents: await client
          .select({
            ...{ kind: consents.kind, decision: consents.decision },
            ...{ textVersion: consents.textVersion, at: consents.at },
          })
          .from(consents)
          .where(eq(consents.callId, callId))
          .orderBy(asc(consents.at)),
        recordings: await client
          .select({
            ...{ id: recordings.id, source: recordings.source, status: recordings.status },
            ...{ reference: recordings.reference, durationMs: recordings.durationMs },
          })
          .from(recordings)
          .where(isRecordingOf(callId, call?.roomSid))
          .orderBy(asc(recordings.at)),
      }
    },
  }
}

/** A recorder may know the room alone. */
export function isRecordingOf(callId: string, roomSid: string | undefined): SQL | undefined {
  const byCall = eq(recordings.callId, callId)
  return roomSid === undefined ? byCall : or(byCall, inArray(recordings.roomSid, [roomSid]))
}

interface Position {
  readonly createdAt: number
  readonly id: string
}

function isAfter({ createdAt, id }: Position): SQL | undefined {
  return or(lt(calls.createdAt, createdAt), and(eq(calls.createdAt, createdAt), lt(calls.id, id)))
}

function toCursor({ createdAt, id }: Position): string {
  return Buffer.from(`${createdAt} ${id}`).toString('base64url')
}

function readCursor(cursor: string): Position {
  const [time = '', id = ''] = Buffer.from(cursor, 'base64url').toString().split(' ')
  if (id === '' || time === '' || !Number.isFinite(Number(time))) {
    throw new OrchestratorError('bad-request', 'cursor: not one that a list has returned')
  }
  return { createdAt: Number(time), id }
}

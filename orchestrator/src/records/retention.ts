import { setTimeout as sleep } from 'node:timers/promises'
import { type Line, lineRetention } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import { and, eq, inArray, isNull, lt, notInArray, or, type SQL, sql } from 'drizzle-orm'
import type { PgColumn } from 'drizzle-orm/pg-core'
import type { DatabaseClient, DatabaseTransaction } from '../database/database.ts'
import {
  callEvents,
  calls,
  consents,
  goneCalls,
  recordings,
  usage,
} from '../database/records-schema.ts'
import { removeCalls } from './remove-calls.ts'
import { removeWords } from './remove-words.ts'

export interface RetentionOptions {
  readonly lines: readonly Pick<Line, 'id' | 'retention'>[]
  /** Epoch milliseconds. */
  readonly now: number
  /** Rows a transaction touches at most, so that nobody waits for it. */
  readonly batchSize?: number
}

/** Rows that have outlived their retention. */
export interface RetentionOutcome {
  readonly transcripts: number
  readonly calls: number
  readonly recordings: number
  readonly consents: number
}

const dayMs = 86_400_000
/** A call without an end is taken for running until its last event is so old. */
const openCallMs = 2 * dayMs
/** Longer than any entry can be on its way (see record-entry.ts). */
const goneMs = 60 * dayMs
/** One replica at a time; any number will do, as long as it is ours and never changes. */
const advisoryLock = 7_245_013

type Step = (tx: DatabaseTransaction, limit: number) => Promise<number>

/**
 * Deletes what has outlived its line's retention, kind by kind, in batches. Where another replica is at it, it is left
 * to that one. Records of a line that is gone are kept as long as a line keeps them that says nothing about it.
 */
export async function applyRetention(
  client: DatabaseClient,
  { lines, now, batchSize = 100 }: RetentionOptions,
): Promise<RetentionOutcome> {
  const repeat = async (step: Step): Promise<number> => {
    let total = 0
    for (;;) {
      const done = await client.transaction(async (tx) =>
        (await tryLock(tx)) ? step(tx, batchSize) : 0,
      )
      total += done
      if (done < batchSize) return total
    }
  }
  const outcome = { transcripts: 0, calls: 0, recordings: 0, consents: 0 }
  const known = lines.map(({ id }) => id)
  const others = { id: undefined, retention: lineRetention.parse(undefined) }
  for (const { id, retention } of [...lines, others]) {
    const isOfLine = (column: PgColumn): SQL | undefined => {
      if (id !== undefined) return eq(column, id)
      return known.length === 0 ? undefined : notInArray(column, known)
    }
    const before = (days: number) => now - days * dayMs
    const isPast = (days: number) =>
      and(
        isOfLine(calls.line),
        lt(calls.lastEventAt, before(days)),
        or(inArray(calls.state, ['ended', 'failed']), lt(calls.lastEventAt, now - openCallMs)),
      )
    const ofLine = isOfLine(calls.line)
    const recorded = id === undefined ? or(isNull(calls.id), ofLine ?? sql`true`) : ofLine
    outcome.recordings += await repeat((tx, limit) =>
      askToDelete(tx, { limit, now, of: recorded, before: before(retention.recordingDays) }),
    )
    outcome.transcripts += await repeat(async (tx, limit) => {
      const past = and(isPast(retention.transcriptDays), isNull(calls.transcriptRemovedAt))
      const ids = await pickCalls(tx, past, limit)
      await removeWords(tx, ids, { now })
      return ids.length
    })
    outcome.calls += await repeat(async (tx, limit) => {
      const ids = await pickCalls(tx, isPast(retention.recordDays), limit)
      await removeCalls(tx, ids, { now })
      if (ids.length > 0) await tx.delete(usage).where(inArray(usage.callId, ids))
      return ids.length
    })
    outcome.consents += await repeat(async (tx, limit) => {
      const old = and(isOfLine(consents.line), lt(consents.at, before(retention.consentDays)))
      const rows = await tx
        .select({ eventId: consents.eventId })
        .from(consents)
        .where(old)
        .limit(limit)
      const ids = rows.map(({ eventId }) => eventId)
      if (ids.length > 0) await tx.delete(consents).where(and(old, inArray(consents.eventId, ids)))
      return rows.length
    })
  }
  await repeat((tx, limit) =>
    removeOrphans(tx, { limit, before: now - others.retention.recordDays * dayMs }),
  )
  await client.delete(goneCalls).where(lt(goneCalls.at, now - goneMs))
  return outcome
}

async function tryLock(tx: DatabaseTransaction): Promise<boolean> {
  const rows = await tx
    .select({ isOurs: sql<boolean>`pg_try_advisory_xact_lock(${sql.raw(String(advisoryLock))})` })
    .from(sql`(select 1) as one`)
  return rows[0]?.isOurs === true
}

async function pickCalls(
  tx: DatabaseTransaction,
  condition: SQL | undefined,
  limit: number,
): Promise<string[]> {
  const rows = await tx
    .select({ id: calls.id })
    .from(calls)
    .where(condition)
    .orderBy(calls.lastEventAt)
    .limit(limit)
  return rows.map(({ id }) => id)
}

/** Marks recordings whose files are to go. A recording of a call that is gone, or never was, goes by its own age. */
async function askToDelete(
  tx: DatabaseTransaction,
  options: { limit: number; now: number; of: SQL | undefined; before: number },
): Promise<number> {
  const { limit, now, of, before } = options
  const rows = await tx
    .select({ id: recordings.id })
    .from(recordings)
    .leftJoin(calls, or(eq(calls.id, recordings.callId), eq(calls.roomSid, recordings.roomSid)))
    .where(and(isNull(recordings.deleteAskedAt), lt(recordings.at, before), of))
    .limit(limit)
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return 0
  await tx.update(recordings).set({ deleteAskedAt: now }).where(inArray(recordings.id, ids))
  return ids.length
}

/** Events of calls whose beginning never came. */
async function removeOrphans(
  tx: DatabaseTransaction,
  { limit, before }: { limit: number; before: number },
): Promise<number> {
  const rows = await tx
    .selectDistinct({ callId: callEvents.callId })
    .from(callEvents)
    .leftJoin(calls, eq(calls.id, callEvents.callId))
    .where(and(isNull(calls.id), lt(callEvents.at, before)))
    .limit(limit)
  const ids = rows.map(({ callId }) => callId)
  if (ids.length > 0) await tx.delete(callEvents).where(inArray(callEvents.callId, ids))
  return rows.length
}

export interface RetentionJobDeps {
  readonly client: DatabaseClient
  readonly lines: () => readonly Pick<Line, 'id' | 'retention'>[]
  readonly logger: Logger
  readonly now: () => number
  readonly everyMs?: number
}

/** Applies the retention once an hour, beginning within a minute of the start. */
export function startRetention(deps: RetentionJobDeps): { close(): Promise<void> } {
  const { client, lines, logger, now, everyMs = 3_600_000 } = deps
  const closing = new AbortController()
  const { signal } = closing
  const pause = (ms: number) => sleep(ms, undefined, { signal, ref: false }).catch(() => {}) // an abort ends the loop
  const run = async () => {
    await pause(Math.random() * Math.min(60_000, everyMs))
    while (!signal.aborted) {
      try {
        const outcome = await applyRetention(client, { lines: lines(), now: now() })
        logger.info(outcome, 'retention applied')
      } catch (error) {
        logger.warn({ kind: error instanceof Error ? error.name : '' }, 'retention failed')
      }
      await pause(everyMs)
    }
  }
  const running = run()
  return {
    close() {
      closing.abort()
      return running
    },
  }
}

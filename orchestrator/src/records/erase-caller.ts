import { randomUUID } from 'node:crypto'
import { and, eq, inArray, isNull, or } from 'drizzle-orm'
import type { Redis } from 'ioredis'
import type { DatabaseClient, DatabaseTransaction } from '../database/database.ts'
import { calls, consents, recordings } from '../database/records-schema.ts'
import { effects, reservations } from '../database/schema.ts'
import { OrchestratorError } from '../errors.ts'
import { webhookDeliveries } from '../webhooks/tables.ts'
import { appendAudit } from './audit.ts'
import type { HashCaller } from './caller-hash.ts'
import { eraseLiveCalls, findLiveCalls } from './erase-redis.ts'
import type { ErasureReceipt, ReceiptSigner } from './receipt.ts'
import { removeCalls } from './remove-calls.ts'

export interface EraseCallerDeps {
  readonly client: DatabaseClient
  readonly redis: Redis
  readonly hashCaller: HashCaller
  readonly signer: ReceiptSigner
  readonly now: () => number
}

export interface Erasure {
  readonly receipt: ErasureReceipt
  /** The receipt as a compact JWS. */
  readonly signed: string
}

/** Erases everything that is known of one caller. May be repeated: what is gone stays gone. */
export type EraseCaller = (request: { number: string; actor: string }) => Promise<Erasure>

/** The synthesised voice is not among it: replies are never cached (docs/decisions/0005). */
const alwaysKept = [
  'use and costs of the calls, which name nobody',
  'tts-router: nothing to erase, replies are not cached',
]

export function createEraseCaller(deps: EraseCallerDeps): EraseCaller {
  const { client, redis, hashCaller, signer, now } = deps
  return async ({ number, actor }) => {
    const callerHash = hashCaller(number)
    if (callerHash === undefined) {
      throw new OrchestratorError('bad-request', 'number: not a telephone number')
    }
    const live = await inRedis(() => findLiveCalls(redis, callerHash))
    if (live.some((call) => !call.isOver)) {
      throw new OrchestratorError('conflict', 'a call of this number is running: end it first')
    }
    const at = Math.floor(now())
    const receiptId = randomUUID()
    // Postgres first: its tombstones drop what is still on its way. Without Redis the next attempt does the rest.
    const { callIds, ...done } = await client.transaction(async (tx) => {
      const rows = await tx
        .select({ id: calls.id })
        .from(calls)
        .where(eq(calls.callerHash, callerHash))
      const ids = [...new Set([...rows, ...live].map(({ id }) => id))]
      const erased = await eraseRecords(tx, ids, at)
      await appendAudit(tx, {
        ...{ at, actor, action: 'caller-erased', target: '' },
        detail: { receiptId, calls: ids.length, recordings: erased.recordings.length },
      })
      return { callIds: ids, ...erased }
    })
    await inRedis(() => eraseLiveCalls(redis, { calls: live, callIds }))
    const { reservations: booked, ...counts } = done
    const hotel = `${booked} reservations: the hotel’s own records, made for the stay`
    const receipt = {
      ...{ receiptId, at, subject: callerHash, calls: callIds.length, ...counts },
      kept: booked > 0 ? [hotel, ...alwaysKept] : alwaysKept,
    }
    return { receipt, signed: await signer.sign(receipt) }
  }
}

async function eraseRecords(tx: DatabaseTransaction, callIds: readonly string[], now: number) {
  if (callIds.length === 0) {
    return { effects: 0, consents: 0, webhooks: 0, recordings: [], reservations: 0 }
  }
  const ids = [...callIds]
  const rooms = await tx
    .select({ roomSid: calls.roomSid })
    .from(calls)
    .where(inArray(calls.id, ids))
  const roomSids = rooms.map(({ roomSid }) => roomSid)
  const files = await tx
    .update(recordings)
    .set({ deleteAskedAt: now })
    .where(
      and(
        or(inArray(recordings.callId, ids), inArray(recordings.roomSid, roomSids)),
        or(isNull(recordings.deleteAskedAt), eq(recordings.deleteAskedAt, now)),
      ),
    )
    .returning({ id: recordings.id, reference: recordings.reference })
  const booked = await tx
    .select({ number: reservations.number })
    .from(reservations)
    .innerJoin(effects, eq(effects.key, reservations.effectKey))
    .where(inArray(effects.callId, ids))
  const { effects: emptied } = await removeCalls(tx, ids, { now })
  const agreed = await tx
    .delete(consents)
    .where(inArray(consents.callId, ids))
    .returning({ eventId: consents.eventId })
  const told = await tx
    .delete(webhookDeliveries)
    .where(inArray(webhookDeliveries.callId, ids))
    .returning({ callId: webhookDeliveries.callId })
  return {
    ...{ effects: emptied, consents: agreed.length, webhooks: told.length },
    ...{ recordings: files, reservations: booked.length },
  }
}

async function inRedis<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    throw new OrchestratorError('unavailable', 'the call store is away: try again', { cause })
  }
}

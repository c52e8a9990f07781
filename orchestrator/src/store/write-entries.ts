import type { Redis } from 'ioredis'
import { recordsStream, recordsTtlSeconds } from '../records/record-entry.ts'
import type { RecordSink } from '../records/record-sink.ts'
import type { StoreEntry } from './call-store.ts'
import { keys } from './keys.ts'
import { toStoredJson } from './stored-call.ts'

/** No call lives longer than a day and no line keeps one for more than 30 (packages/contracts, line). */
const indexHorizonMs = 31 * 86_400_000

/** Redis' answer to an id it already has: the entry was written before its answer got lost. */
const alreadyWritten = /equal or smaller than the target stream top item/

/**
 * Writes events and each call's newest state in one transaction. Every key gets a TTL each time, and the room
 * and the lease are written again, so that a Redis that came back empty knows running calls.
 * @throws when anything was not written; the same entries may then be given again
 */
export async function writeEntries(
  redis: Redis,
  entries: readonly StoreEntry[],
  { holder, records }: { holder: string; records?: Pick<RecordSink, 'encode'> | undefined },
): Promise<void> {
  const transaction = redis.multi()
  for (const { callId, eventId, event } of entries) {
    transaction.xadd(keys.events(callId), eventId, 'event', JSON.stringify(event))
  }
  for (const entry of records ? entries : []) {
    const record = records?.encode(entry)
    if (record !== undefined) transaction.xadd(recordsStream, '*', 'entry', record)
  }
  if (records) transaction.expire(recordsStream, recordsTtlSeconds)
  const newest = new Map(entries.map((entry) => [entry.callId, entry]))
  let longestTtl = 0
  for (const [callId, { snapshot, ttlSeconds }] of newest) {
    const stored = snapshot()
    const { createdAt, roomSid } = stored.call
    if (stored.call.turns.length === 0) {
      transaction.zremrangebyscore(keys.index, '-inf', createdAt - indexHorizonMs)
    }
    longestTtl = Math.max(longestTtl, ttlSeconds)
    transaction.set(keys.call(callId), toStoredJson(stored), 'EX', ttlSeconds)
    transaction.expire(keys.events(callId), ttlSeconds)
    transaction.set(keys.room(roomSid), callId, 'EX', ttlSeconds)
    if (stored.epoch > 0) {
      const fields = { epoch: stored.epoch, [`job:${stored.jobId}`]: stored.epoch, holder }
      transaction.hset(keys.lease(callId), fields)
      transaction.expire(keys.lease(callId), ttlSeconds)
    }
    transaction.zadd(keys.index, createdAt, callId)
    transaction.publish(keys.events(callId), '')
  }
  // The index lives as long as the longest-lived call in it; entries whose call has expired are skipped by lists.
  transaction.expire(keys.index, longestTtl, 'NX')
  transaction.expire(keys.index, longestTtl, 'GT')
  const results = await transaction.exec()
  for (const [error] of results ?? []) {
    if (error && !alreadyWritten.test(error.message)) throw error
  }
}

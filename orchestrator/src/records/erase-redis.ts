import type { Redis } from 'ioredis'
import { z } from 'zod'
import { isOver } from '../calls/call-machine.ts'
import { keys } from '../store/keys.ts'
import { readStoredCall } from '../store/stored-call.ts'
import { deadRecordsStream, readRecordJson, recordsStream } from './record-entry.ts'

export interface LiveCall {
  readonly id: string
  readonly roomSid: string
  readonly isOver: boolean
}

const pageSize = 200

/** Calls of one caller that are still in Redis. It reads the whole index: erasures are rare, an index key is for ever. */
export async function findLiveCalls(redis: Redis, callerHash: string): Promise<LiveCall[]> {
  const found: LiveCall[] = []
  for (let from = 0; ; from += pageSize) {
    const ids = z
      .array(z.string())
      .parse(await redis.zrange(keys.index, String(from), String(from + pageSize - 1)))
    if (ids.length === 0) return found
    for (const json of await redis.mget(ids.map((id) => keys.call(id)))) {
      const call = readStoredCall(json)?.call
      if (call?.callerHash !== callerHash) continue
      found.push({ id: call.id, roomSid: call.roomSid, isOver: isOver(call.state) })
    }
  }
}

/** Removes calls from Redis, with what of them is still on its way to Postgres. */
export async function eraseLiveCalls(
  redis: Redis,
  { calls, callIds }: { calls: readonly LiveCall[]; callIds: readonly string[] },
): Promise<void> {
  for (const id of callIds) await redis.del(keys.call(id), keys.events(id), keys.lease(id))
  for (const { roomSid } of calls) await redis.del(keys.room(roomSid))
  if (callIds.length > 0) await redis.zrem(keys.index, ...callIds)
  const isErased = new Set(callIds)
  for (const stream of [recordsStream, deadRecordsStream]) {
    let after = '-'
    for (;;) {
      const page = await redis.xrange(stream, after, '+', 'COUNT', pageSize)
      const erased = page.filter(([, fields]) => {
        const entry = readRecordJson(fields[1] ?? '')
        return entry?.callId !== undefined && isErased.has(entry.callId)
      })
      if (erased.length > 0) await redis.xdel(stream, ...erased.map(([id]) => id))
      const last = page.at(-1)?.[0]
      if (last === undefined || page.length < pageSize) break
      after = `(${last}`
    }
  }
}

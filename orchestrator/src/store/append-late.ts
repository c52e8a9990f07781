import type { CallEvent } from '@trunkline/contracts'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import type { EncodeEvent } from '../records/encode-event.ts'
import { recordsStream, recordsTtlSeconds } from '../records/record-entry.ts'
import { keys } from './keys.ts'

/** An event that changes no state, for a call that no orchestrator holds: most often one that has ended. */
export interface LateEvent {
  readonly callId: string
  readonly line: string
  readonly event: CallEvent
  /** Where the event has waited: it leaves there in the same step, and only who removes it appends it. */
  readonly waiting?: { readonly stream: string; readonly entryId: string }
}

/** `gone`: the call is not kept any more. `taken`: another process has appended it. */
export type LateOutcome = 'written' | 'gone' | 'taken'

/**
 * Adds a late event to its call's stream and to what is to last of it. Redis gives the id, so that replicas need not
 * agree on one.
 * @throws when Redis is away
 */
export type AppendLate = (late: LateEvent) => Promise<LateOutcome>

export interface AppendLateDeps {
  readonly redis: Redis
  /** Absent when nothing is to last. */
  readonly encode?: EncodeEvent | undefined
}

/**
 * KEYS: the call's events, records, where the event has waited. ARGV: event, its record before and after the event's
 * id (empty: nothing is to last), seconds for the records, entry that has waited (empty: none).
 */
const script = `
if ARGV[5] ~= '' and redis.call('XDEL', KEYS[3], ARGV[5]) == 0 then return 'taken' end
local id = redis.call('XADD', KEYS[1], 'NOMKSTREAM', '*', 'event', ARGV[1])
if not id then return 'gone' end
if ARGV[2] ~= '' then
  redis.call('XADD', KEYS[2], '*', 'entry', ARGV[2] .. id .. ARGV[3])
  redis.call('EXPIRE', KEYS[2], ARGV[4])
end
redis.call('PUBLISH', KEYS[1], '')
return 'written'
`
const lateOutcome = z.enum(['written', 'gone', 'taken'])

/** Stands in a record for the id that only Redis knows. */
const idMark = 'id-from-redis'

export function createAppendLate({ redis, encode }: AppendLateDeps): AppendLate {
  return async ({ callId, line, event, waiting }) => {
    const events = keys.events(callId)
    const record = encode?.({ callId, line, event, eventId: idMark }) ?? ''
    const markAt = record.indexOf(idMark)
    const answer = await redis.eval(
      script,
      3,
      ...[events, recordsStream, waiting?.stream ?? events],
      ...[JSON.stringify(event), record.slice(0, Math.max(0, markAt))],
      record.slice(markAt + idMark.length),
      ...[recordsTtlSeconds, waiting?.entryId ?? ''],
    )
    return lateOutcome.parse(answer)
  }
}

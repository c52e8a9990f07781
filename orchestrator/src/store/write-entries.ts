import { callEvent } from '@trunkline/contracts'
import type { Redis } from 'ioredis'
import { recordsStream, recordsTtlSeconds } from '../records/record-entry.ts'
import type { RecordSink } from '../records/record-sink.ts'
import type { StoreEntry } from './call-store.ts'
import { type FencedWrite, writeFenced } from './fenced-write.ts'
import { keys } from './keys.ts'
import { toStoredJson } from './stored-call.ts'

/** No call lives longer than a day and no line keeps one for more than 30 (packages/contracts, line). */
const indexHorizonMs = 31 * 86_400_000

export interface WriteOptions {
  /** Name of this process in the leases. */
  readonly holder: string
  readonly records?: Pick<RecordSink, 'encode'> | undefined
}

/**
 * Writes events and each call's newest state, in one round trip, for calls whose lease this process holds. Every
 * key gets a TTL each time, and the room and the lease are written again; a stream that Redis has lost is begun
 * anew with the state as a whole.
 * @returns the calls that another process holds: nothing of theirs was written
 * @throws when anything was not written; the same entries may then be given again
 */
export async function writeEntries(
  redis: Redis,
  entries: readonly StoreEntry[],
  options: WriteOptions,
): Promise<ReadonlySet<string>> {
  const calls = groupByCall(entries)
  const outcomes = await writeFenced(
    redis,
    calls.map((ofCall) => toWrite(ofCall, options)),
  )
  const callsOf = (wanted: string) => calls.filter((_call, index) => outcomes[index] === wanted)
  const lost = callsOf('lost')
  const again =
    lost.length === 0
      ? []
      : await writeFenced(
          redis,
          lost.map((ofCall) => toWrite(ofCall, { ...options, restores: true })),
        )
  const fenced = [...callsOf('fenced'), ...lost.filter((_call, index) => again[index] === 'fenced')]
  return new Set(fenced.flatMap(([entry]) => (entry ? [entry.callId] : [])))
}

function groupByCall(entries: readonly StoreEntry[]): StoreEntry[][] {
  const byCall = new Map<string, StoreEntry[]>()
  for (const entry of entries) {
    const known = byCall.get(entry.callId)
    if (known) known.push(entry)
    else byCall.set(entry.callId, [entry])
  }
  return [...byCall.values()]
}

function toWrite(
  entries: readonly StoreEntry[],
  { holder, records, restores = false }: WriteOptions & { restores?: boolean },
): FencedWrite {
  const newest = entries.at(-1)
  if (!newest) throw new TypeError('a write has an entry')
  const { callId, ttlSeconds } = newest
  const stored = newest.snapshot()
  const { createdAt, roomSid, line, turns, job } = stored.call
  const events = entries.flatMap(({ eventId, event }) =>
    event === undefined
      ? []
      : [
          {
            id: eventId,
            event: JSON.stringify(event),
            record: records?.encode({ callId, eventId, line, event }),
          },
        ],
  )
  return {
    keys: [
      keys.call(callId),
      keys.events(callId),
      keys.lease(callId),
      keys.room(roomSid),
      keys.index,
      recordsStream,
    ],
    ...{ callId, holder, ttlSeconds, createdAt, events, recordsTtlSeconds },
    token: stored.token,
    epoch: stored.epoch,
    jobId: stored.jobId,
    serving: job && !job.isLost ? job.jobId : '',
    state: toStoredJson(stored),
    dropBefore: turns.length === 0 ? createdAt - indexHorizonMs : undefined,
    begins: restores || entries.some(({ event }) => event?.type === 'call-created'),
    restored: restores ? toRestored(stored) : undefined,
  }
}

/** Holds everything up to its own id; the entries before it are refused by Redis, as it is the greater. */
function toRestored({ call, lastEventId }: ReturnType<StoreEntry['snapshot']>) {
  const event = callEvent.parse({ type: 'call-restored', at: call.createdAt, call })
  return { id: lastEventId, event: JSON.stringify(event) }
}

import type { Redis } from 'ioredis'
import { z } from 'zod'
import {
  deadRecordsStream,
  type RecordEntry,
  readRecordJson,
  recordsGroup,
  recordsStream,
  recordsTtlSeconds,
} from './record-entry.ts'

export interface StreamRow {
  readonly id: string
  /** Undefined for what this version cannot read. */
  readonly entry: RecordEntry | undefined
  readonly json: string
}

/** The consumer group's side of the stream `records`. Every method throws while Redis is away. */
export interface RecordStream {
  /** New entries, waiting for them for a second at most. */
  readNew(options: { count: number }): Promise<StreamRow[]>
  /** Entries that another consumer has had for longer than `idleMs`: it has died, or waits for Postgres as we do. */
  claimStale(options: { count: number; idleMs: number }): Promise<StreamRow[]>
  /** To be called when the rows are safe. */
  acknowledge(rows: readonly StreamRow[]): Promise<void>
  /** Puts a row aside that can never be written, and acknowledges it. */
  bury(row: StreamRow): Promise<void>
  /** Takes this consumer out of the group, unless entries still wait in its name. */
  leave(): Promise<void>
  /** Entries not yet acknowledged. */
  waiting(): Promise<number>
}

const blockMs = 1000
const deadMaxLength = 10_000
/** A consumer that has nothing and has not been heard of for so long is forgotten. */
const forgetAfterMs = 3_600_000

const rows = z.array(z.tuple([z.string(), z.array(z.string()).nullable()]))
/** A map of streams in RESP3, which ioredis flattens; a list of pairs in RESP2. */
const pair = z.tuple([z.string(), rows])
const streams = z.union([pair, z.tuple([pair]).transform(([only]) => only)]).nullable()
const claimed = z.tuple([z.string(), rows]).rest(z.unknown())
const consumers = z.array(z.array(z.union([z.string(), z.number()])))

export function createRecordStream(redis: Redis, consumer: string): RecordStream {
  const withGroup = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run()
    } catch (error) {
      if (!(error instanceof Error) || !error.message.startsWith('NOGROUP')) throw error
      await createGroup(redis)
      return run()
    }
  }
  const acknowledge = async (done: readonly StreamRow[]) => {
    const ids = done.map(({ id }) => id)
    const results = await redis
      .multi()
      .xack(recordsStream, recordsGroup, ...ids)
      .xdel(recordsStream, ...ids)
      .expire(recordsStream, recordsTtlSeconds)
      .exec()
    for (const [error] of results ?? []) if (error) throw error
  }

  return {
    readNew: ({ count }) =>
      withGroup(async () => {
        const answer = await redis.call(
          ...(['XREADGROUP', 'GROUP', recordsGroup, consumer, 'COUNT', count] as const),
          ...(['BLOCK', blockMs, 'STREAMS', recordsStream, '>'] as const),
        )
        return (streams.parse(answer)?.[1] ?? []).flatMap(toRow)
      }),
    claimStale: ({ count, idleMs }) =>
      withGroup(async () => {
        const answer = await redis.call(
          ...(['XAUTOCLAIM', recordsStream, recordsGroup, consumer, idleMs, '0-0'] as const),
          ...(['COUNT', count] as const),
        )
        const found = claimed.parse(answer)[1].flatMap(toRow)
        if (found.length === 0) await forgetConsumers(redis, consumer)
        return found
      }),
    acknowledge,
    async bury(row) {
      const results = await redis
        .multi()
        .xadd(deadRecordsStream, 'MAXLEN', '~', deadMaxLength, '*', 'entry', row.json)
        .expire(deadRecordsStream, recordsTtlSeconds)
        .exec()
      for (const [error] of results ?? []) if (error) throw error
      await acknowledge([row])
    },
    async leave() {
      const pending = await redis.xpending(recordsStream, recordsGroup, '-', '+', 1, consumer)
      if (pending.length > 0) return
      await redis.xgroup('DELCONSUMER', recordsStream, recordsGroup, consumer)
    },
    waiting: () => redis.xlen(recordsStream),
  }
}

/** Adds an entry, of whatever process it is. */
export async function addRecords(redis: Redis, entries: readonly string[]): Promise<void> {
  const transaction = redis.multi()
  for (const json of entries) transaction.xadd(recordsStream, '*', 'entry', json)
  const results = await transaction.expire(recordsStream, recordsTtlSeconds).exec()
  for (const [error] of results ?? []) if (error) throw error
}

async function createGroup(redis: Redis): Promise<void> {
  const results = await redis
    .multi()
    .xgroup('CREATE', recordsStream, recordsGroup, '0', 'MKSTREAM')
    .expire(recordsStream, recordsTtlSeconds)
    .exec()
  for (const [error] of results ?? []) {
    if (error && !error.message.startsWith('BUSYGROUP')) throw error
  }
}

async function forgetConsumers(redis: Redis, self: string): Promise<void> {
  const answer = await redis.call('XINFO', 'CONSUMERS', recordsStream, recordsGroup)
  for (const fields of consumers.parse(answer)) {
    const name = valueAfter(fields, 'name')
    const idleMs = Number(valueAfter(fields, 'idle') ?? 0)
    const isUnused = valueAfter(fields, 'pending') === 0 && idleMs > forgetAfterMs
    if (name === undefined || name === self || !isUnused) continue
    await redis.xgroup('DELCONSUMER', recordsStream, recordsGroup, String(name))
  }
}

function valueAfter(fields: readonly (string | number)[], name: string) {
  const index = fields.indexOf(name)
  return index < 0 ? undefined : fields[index + 1]
}

/** An entry without fields was deleted while it was still pending. */
function toRow([id, fields]: z.infer<typeof rows>[number]): StreamRow[] {
  if (fields === null) return []
  const json = fields[fields.indexOf('entry') + 1] ?? ''
  return [{ id, json, entry: readRecordJson(json) }]
}

import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import type { Logger } from '@trunkline/telemetry'
import { OrchestratorError } from '../errors.ts'
import type { RecordSink } from '../records/record-sink.ts'
import { createBackgroundWriter } from './background-writer.ts'
import type { CallStore, StoredEvent, StoreEntry } from './call-store.ts'
import { adoptCall, claimCall } from './claim.ts'
import { keys } from './keys.ts'
import { watchLeases } from './lease-news.ts'
import { listCalls } from './list-calls.ts'
import { createRedis } from './redis.ts'
import { readStoredCall, readStoredEvent } from './stored-call.ts'
import { createWatchers } from './watchers.ts'
import { writeEntries } from './write-entries.ts'

export interface RedisCallStoreOptions {
  readonly url: string
  readonly logger: Logger
  /** Name of this process in the calls' leases. */
  readonly holder: string
  /** An event was lost because Redis has been away for too long. */
  readonly onDropped: () => void
  /** Takes what is to last of each event, in the same transaction. */
  readonly records?: RecordSink
}

/** About 20 minutes of 100 calls: beyond it the newest events are dropped, and counted. */
const maxWaitingEvents = 50_000

export function createRedisCallStore(options: RedisCallStoreOptions): CallStore {
  const { url, logger, holder, onDropped, records } = options
  const redis = createRedis(url, { logger })
  const watchers = createWatchers({ url, logger })
  let onTaken: (callId: string, token: number) => void = () => {}
  let onBack = () => {}
  const leases = watchLeases({ url, holder, logger, onTaken: (...news) => onTaken(...news) })
  redis.on('ready', () => onBack())
  const writer = createBackgroundWriter<StoreEntry>({
    capacity: maxWaitingEvents,
    batchSize: 256,
    retryDelayMs: { first: 50, max: 1000 },
    write: async (batch) => {
      const fenced = await writeEntries(redis, batch, { holder, records })
      if (writer.size === batch.length) records?.written() // the batch itself still counts
      for (const callId of new Set(batch.map((entry) => entry.callId))) watchers.notify(callId)
      for (const { callId, onOutcome } of batch) {
        onOutcome?.(fenced.has(callId) ? 'fenced' : 'written')
      }
    },
    // Not the error itself: Redis' refusals carry the command, and with it what was said.
    onError: (error, waiting) => {
      records?.spill(toRecorded(waiting))
      const name = error instanceof Error ? error.name : ''
      logger.debug({ error: name }, 'writing calls waits for redis')
    },
  })

  const withRedis = async <T>(run: () => Promise<T>): Promise<T> => {
    try {
      return await run()
    } catch (error) {
      if (error instanceof OrchestratorError) throw error
      throw new OrchestratorError('unavailable', 'the call store is away', { cause: error })
    }
  }

  return {
    holder,
    claim: (request) => withRedis(() => claimCall(redis, { ...request, holder })),
    adopt: (callId) => withRedis(() => adoptCall(redis, { callId, holder })),
    // A name nobody else has: the token rises though this process may hold the call already.
    adoptToClose: (callId) =>
      withRedis(() => adoptCall(redis, { callId, holder: `${holder}/close-${randomUUID()}` })),
    isHolder: (callId) =>
      withRedis(async () => {
        const current = await redis.hget(keys.lease(callId), 'holder')
        return current === null || current === holder
      }),
    append(entry) {
      if (!writer.push(entry)) {
        onDropped()
        entry.onOutcome?.('dropped')
      }
      if (redis.status !== 'ready') records?.spill(toRecorded([entry]))
    },
    read: (callId) => withRedis(async () => readStoredCall(await redis.get(keys.call(callId)))),
    findByRoom: (roomSid) =>
      withRedis(async () => (await redis.get(keys.room(roomSid))) ?? undefined),
    list: (query) => withRedis(() => listCalls(redis, query)),
    readEvents: (callId, { after, limit }) =>
      withRedis(async () => {
        const rows = await redis.xrange(keys.events(callId), `(${after}`, '+', 'COUNT', limit)
        return rows.flatMap(([id, [, json]]): StoredEvent[] => {
          const event = json === undefined ? undefined : readStoredEvent(json)
          return event ? [{ id, event }] : []
        })
      }),
    watch: (callId, onChange) => watchers.watch(callId, onChange),
    get isReady() {
      return redis.status === 'ready'
    },
    get isHealthy() {
      return redis.status === 'ready' && writer.isHealthy
    },
    onTaken(listener) {
      onTaken = listener
    },
    onBack(listener) {
      onBack = listener
    },
    async becomeReady({ timeoutMs }) {
      if (redis.status === 'ready') return true
      const signal = AbortSignal.timeout(timeoutMs)
      return once(redis, 'ready', { signal }).then(
        () => true,
        () => false, // not there in time, or refused: the connection goes on trying by itself
      )
    },
    async close() {
      const isWritten = await writer.flush({ timeoutMs: 2000 })
      if (!isWritten) logger.warn({ events: writer.size }, 'events of calls were not written')
      writer.close()
      leases.close()
      watchers.close()
      redis.disconnect()
    },
  }
}

function toRecorded(entries: readonly StoreEntry[]) {
  return entries.flatMap(({ event, ...entry }) =>
    event === undefined ? [] : [{ ...entry, event }],
  )
}

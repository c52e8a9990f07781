import { join } from 'node:path'
import type { CallEvent, TranscriptPolicy } from '@trunkline/contracts'
import { createDisposalStack } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { Database } from '../database/database.ts'
import type { Metrics } from '../metrics.ts'
import { createBackgroundWriter } from '../store/background-writer.ts'
import { becomeReady, createRedis } from '../store/redis.ts'
import { createEventEncoder } from './encode-event.ts'
import type { Prices } from './prices.ts'
import type { OnRecorded } from './project-call.ts'
import { createRecordReader, type RecordReader } from './read-records.ts'
import { startRecordConsumer } from './record-consumer.ts'
import { type RecordEntryOf, toRecordJson } from './record-entry.ts'
import type { RecordSink } from './record-sink.ts'
import { addRecords, createRecordStream } from './record-stream.ts'
import { startReplay } from './replay-spills.ts'
import { createSpill } from './spill.ts'
import type { Redact } from './text-policy.ts'
import { writeBatch } from './write-batch.ts'

export interface RecordsDeps {
  readonly database: Pick<Database, 'client' | 'kind'>
  readonly redisUrl: string
  readonly dataDir: string
  /** This process in the calls' leases. */
  readonly holder: string
  readonly prices: Prices
  readonly policyOf: (lineId: string) => TranscriptPolicy | undefined
  readonly redact: Redact
  readonly metrics: Pick<
    Metrics,
    'recordWritten' | 'recordDropped' | 'recordsWaiting' | 'recordBuried' | 'cost'
  >
  readonly logger: Logger
  readonly now: () => number
  readonly maxSpillBytes: number
  readonly claimIdleMs?: number
  readonly onRecorded?: OnRecorded | undefined
  /** Something that `onRecorded` was told of has been committed. */
  readonly onCommitted?: (() => void) | undefined
}

/** The records of calls: written in the background, read when a call has left Redis. */
export interface Records extends RecordReader {
  /** For the call store. */
  readonly sink: RecordSink
  /** Puts a recording on record. Never waits, never throws. */
  addRecording(recording: Omit<RecordEntryOf<'recording'>, 'kind'>): void
  close(): Promise<void>
}

/** Longer than this, and the records are said to wait. */
const firstConnectMs = 2000
const maxWaitingRecordings = 10_000
/** Reading a larger batch would hold up the calls; PGlite has one session, and what else is asked of it waits. */
const batchSizes = { pglite: 40, postgres: 100 } as const

export function createRecords(deps: RecordsDeps): Records {
  const { database, redisUrl, holder, prices, metrics, logger, now } = deps
  const stack = createDisposalStack()
  const dir = join(deps.dataDir, 'spill')
  const redis = createRedis(redisUrl, { logger })
  stack.defer(() => redis.disconnect())
  const blocking = createRedis(redisUrl, { logger })
  stack.defer(() => blocking.disconnect())

  const onError = (error: unknown) => {
    metrics.recordDropped()
    logger.error({ err: error }, 'records cannot be spilled to disk')
  }
  const openSpill = (name: string) =>
    createSpill({ ...{ dir, holder, name, onError }, maxBytes: deps.maxSpillBytes / 2 })
  const calls = openSpill('calls')
  const others = openSpill('others')
  stack.defer(async () => {
    await Promise.all([calls.settled(), others.settled()])
  })
  const keep = (spill: typeof calls, json: string) => {
    if (!spill.add(json)) metrics.recordDropped()
  }

  const encode = createEventEncoder(deps)
  let spilled = new WeakSet<CallEvent>()
  const sink: RecordSink = {
    encode,
    spill(waiting) {
      for (const entry of waiting) {
        if (spilled.has(entry.event)) continue
        spilled.add(entry.event)
        const json = encode(entry)
        if (json !== undefined) keep(calls, json)
      }
    },
    written() {
      if (calls.bytes === 0) return
      calls.clear()
      spilled = new WeakSet()
    },
  }

  const writer = createBackgroundWriter<string>({
    capacity: maxWaitingRecordings,
    batchSize: 64,
    retryDelayMs: { first: 50, max: 1000 },
    async write(batch) {
      await addRecords(redis, batch)
      if (writer.size === batch.length) others.clear()
    },
    onError: () => logger.debug('a recording waits for redis'),
  })
  stack.defer(async () => {
    await writer.flush({ timeoutMs: 500 })
    writer.close()
  })

  const consumer = startRecordConsumer({
    stream: createRecordStream(blocking, holder),
    becomeReady: ({ signal }) => becomeReady(blocking, { timeoutMs: firstConnectMs, signal }),
    async write(entries) {
      const { onRecorded } = deps
      const { events, usage } = await writeBatch(database.client, entries, { prices, onRecorded })
      if (events > 0) deps.onCommitted?.()
      for (let n = 0; n < events; n += 1) metrics.recordWritten()
      for (const { kind, engine, costEur } of usage) metrics.cost(costEur, { kind, engine })
    },
    batchSize: batchSizes[database.kind],
    ...{ logger, onBuried: metrics.recordBuried, onWaiting: metrics.recordsWaiting },
    ...(deps.claimIdleMs === undefined ? {} : { claimIdleMs: deps.claimIdleMs }),
  })
  stack.defer(() => consumer.close())
  const replay = startReplay({
    redis,
    dir,
    holder,
    logger,
    now,
    onSuperseded: metrics.recordDropped,
  })
  stack.defer(() => replay.close())

  return {
    ...createRecordReader(database.client),
    sink,
    addRecording(recording) {
      const json = toRecordJson({ kind: 'recording', ...recording })
      if (redis.status !== 'ready') keep(others, json)
      if (!writer.push(json)) metrics.recordDropped()
    },
    close: () => stack.close(),
  }
}

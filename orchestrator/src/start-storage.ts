import type { Foundation } from './foundation.ts'
import { firstConnectMs } from './foundation.ts'
import type { FrontDesk } from './front-desk.ts'
import { createSpeechRedactor } from './records/speech-redactor.ts'
import { type StartedRecords, startRecords } from './records/start-records.ts'
import type { CallStore } from './store/call-store.ts'
import { createRedisCallStore } from './store/redis-call-store.ts'
import { createWebhooks, type Webhooks } from './webhooks/create-webhooks.ts'

/** Where calls are kept: the live ones in Redis, what lasts of them in the database, and what owners are told. */
export interface Storage {
  readonly store: CallStore
  /** Absent without a database. */
  readonly records: StartedRecords | undefined
  /** Absent without a database. */
  readonly webhooks: Webhooks | undefined
}

/** @throws {ConfigError} when the records' secret or prices cannot be read */
export async function startStorage(
  foundation: Foundation,
  { lines, database }: Pick<FrontDesk, 'lines' | 'database'>,
): Promise<Storage> {
  const { config, overrides, logger, metrics, now, holder, stack } = foundation
  const redact = createSpeechRedactor({ lines: lines.all(), onRedacted: metrics.redacted })
  const webhooks =
    database &&
    createWebhooks({
      ...{ client: database.client, lines, linesDir: config.lines.dir, metrics, logger, now },
      ...{ settings: config.webhooks, region: config.region, redact },
      ...(overrides.webhookTiming && { timing: overrides.webhookTiming }),
    })
  stack.defer(() => webhooks?.close())
  const records =
    database &&
    (await startRecords({
      ...{ database, redisUrl: config.redis.url, holder, lines, metrics, logger, now, redact },
      settings: { mode: config.mode, dataDir: config.database.dataDir, ...config.records },
      onRecorded: webhooks?.enqueue,
      onCommitted: webhooks?.wake,
    }))
  stack.defer(() => records?.close())
  const store = createRedisCallStore({
    ...{ url: config.redis.url, logger, holder, onDropped: metrics.eventDropped },
    ...(records && { records: records.sink }),
  })
  stack.defer(() => store.close())
  await store.becomeReady({ timeoutMs: firstConnectMs })
  return { store, records, webhooks }
}

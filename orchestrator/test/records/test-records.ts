import { randomUUID } from 'node:crypto'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { epochNow } from '@trunkline/runtime'
import { createRegistry } from '@trunkline/telemetry'
import { Redis } from 'ioredis'
import type { Database } from '../../src/database/database.ts'
import { createMetrics } from '../../src/metrics.ts'
import { createPrices } from '../../src/records/prices.ts'
import { createRecords, type Records } from '../../src/records/records.ts'
import { logger } from '../database/test-database.ts'
import { sampleEvents, withIds } from './sample-call.ts'

export const newDataDir = () => mkdtemp(join(tmpdir(), 'trunkline-records-'))

export interface TestRecords extends Records {
  readonly holder: string
  /** Value of a metric without labels. */
  metric(name: string): Promise<number>
}

/** The records as the service builds them. */
export function startTestRecords(options: {
  database: Pick<Database, 'client' | 'kind'>
  redisUrl: string
  dataDir: string
  claimIdleMs?: number
}): TestRecords {
  const registry = createRegistry({ defaults: false })
  const holder = randomUUID()
  const records = createRecords({
    ...{ ...options, holder, logger, now: epochNow, maxSpillBytes: 1_000_000 },
    ...{ prices: createPrices(), policyOf: () => 'full', redact: (text) => text },
    metrics: createMetrics(registry, { models: [] }),
  })
  return {
    ...records,
    holder,
    async metric(name) {
      const { values } = (await registry.getSingleMetric(name)?.get()) ?? { values: [] }
      return values[0]?.value ?? 0
    },
  }
}

/** A connection of the test's own that waits for its server. */
export function connectRedis(url: string): Redis {
  const redis = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: null })
  redis.on('error', () => {}) // it is meant to be away
  return redis
}

/** Whole calls as recorded events, one list each. */
export function sampleCalls(prefix: string, count: number) {
  return Array.from({ length: count }, (_, n) => withIds(`${prefix}-${n}`, sampleEvents()))
}

import { callList } from '@trunkline/contracts'
import { needs, startRedis } from '@trunkline/testkit'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPrices } from '../../src/records/prices.ts'
import { recordsStream } from '../../src/records/record-entry.ts'
import { writeBatch } from '../../src/records/write-batch.ts'
import { openTestDatabase } from '../database/test-database.ts'
import { joinCall } from '../support/agent.ts'
import { startTestService } from '../support/service.ts'
import { sampleEvents, toEntries, withIds } from './sample-call.ts'
import { newDataDir } from './test-records.ts'
import { until } from './until.ts'

describe('GET /v1/calls of calls that have left Redis', needs(['redis', 'postgres']), () => {
  it('lists each call once, the live ones first, and tells what an old one has cost', async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.stop())
    const test = await openTestDatabase('postgres')
    onTestFinished(() => test.close())
    const service = await startTestService({
      ...{ redisUrl: redis.url, database: test.database },
      env: { DATA_DIR: await newDataDir() },
    })
    const { agent, callId } = await joinCall(service.url)
    const client = new Redis(redis.url)
    onTestFinished(() => client.disconnect())
    for (const id of ['old-1', 'old-2', 'old-3']) {
      const prices = createPrices({ telephony: { default: { eurPerMinute: 0.6 } } })
      await writeBatch(test.database.client, toEntries(withIds(id, sampleEvents())), { prices })
    }
    await until(async () => (await client.xlen(recordsStream)) === 0)
    const ids: string[] = []
    let path: string | undefined = '/v1/calls?limit=2'
    while (path !== undefined) {
      const page = callList.parse(await (await service.get(path)).json())
      ids.push(...page.calls.map(({ id }) => id))
      path = page.nextCursor && `/v1/calls?limit=2&cursor=${page.nextCursor}`
    }
    expect(ids).toEqual([callId, 'old-3', 'old-2', 'old-1'])
    const old = await (await service.get('/v1/calls/old-1')).json()
    expect(old).toMatchObject({ state: 'ended', turns: [{}, {}], costEur: 0.6 })
    expect((await service.get('/v1/calls/never')).status).toBe(404)
    await agent.close()
  })
})

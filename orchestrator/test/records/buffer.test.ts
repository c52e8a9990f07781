import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createDisposalStack } from '@trunkline/runtime'
import { needs, startPostgres, startRedis } from '@trunkline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { rebuildRecord } from '../../src/calls/apply-event.ts'
import { openDatabase } from '../../src/database/database.ts'
import {
  deadRecordsStream,
  recordsGroup,
  recordsStream,
  toRecordJson,
} from '../../src/records/record-entry.ts'
import { addRecords } from '../../src/records/record-stream.ts'
import { keys } from '../../src/store/keys.ts'
import { logger, openTestDatabase } from '../database/test-database.ts'
import { sampleEvents, toEntries } from './sample-call.ts'
import {
  connectRedis,
  newDataDir,
  sampleCalls,
  startTestRecords,
  type TestRecords,
} from './test-records.ts'
import { until } from './until.ts'

async function startParts({ aof = false } = {}) {
  const stack = createDisposalStack()
  onTestFinished(() => stack.close())
  const dataDir = await newDataDir()
  const redisDir = aof ? { dir: await newDataDir() } : {}
  let redis = await startRedis(redisDir)
  const { url, port } = redis
  stack.defer(() => redis.stop())
  const postgres = await startPostgres()
  stack.defer(() => postgres.stop())
  const database = await openDatabase({ databaseUrl: postgres.url, dataDir, logger })
  stack.defer(() => database.close())
  const client = connectRedis(url)
  stack.defer(() => client.disconnect())
  return {
    ...{ stack, dataDir, postgres, database, client, redisUrl: url },
    killRedis: () => redis.kill(),
    async startRedisAgain() {
      redis = await startRedis({ ...redisDir, port })
    },
    start(options: { claimIdleMs?: number } = {}) {
      const records = startTestRecords({ database, redisUrl: url, dataDir, ...options })
      stack.defer(() => records.close())
      return records
    },
    isEmpty: async () => (await client.xlen(recordsStream)) === 0,
  }
}

type Call = ReturnType<typeof sampleCalls>[number]
const jsonOf = (call: Call) => toEntries(call).map(toRecordJson)

async function expectOnRecord(records: TestRecords, calls: readonly Call[]) {
  for (const call of calls) {
    const id = call[0]?.callId ?? ''
    expect(await records.readCall(id)).toEqual(rebuildRecord(id, sampleEvents()))
  }
}

describe('the way of records to Postgres', needs(['redis', 'postgres']), () => {
  it('loses nothing when Postgres is stopped and started in between', async () => {
    const { client, postgres, start, isEmpty } = await startParts()
    const records = start()
    const calls = sampleCalls('outage', 30)
    for (const call of calls.slice(0, 10)) await addRecords(client, jsonOf(call))
    await postgres.kill()
    for (const call of calls.slice(10)) await addRecords(client, jsonOf(call))
    await until(async () => (await client.xpending(recordsStream, recordsGroup))[0] !== 0)
    await expect(records.readCall('outage-0')).rejects.toThrow()
    expect(await isEmpty()).toBe(false)
    await postgres.restart()
    await until(isEmpty)
    await expectOnRecord(records, calls)
    expect(await records.metric('records_written_total')).toBe(jsonOf(calls[0] ?? []).length * 30)
  })

  it('loses nothing that a Redis with AOF has taken, though it is killed while Postgres is away', async () => {
    const { client, postgres, killRedis, startRedisAgain, start, isEmpty } = await startParts({
      aof: true,
    })
    const records = start()
    const calls = sampleCalls('killed', 20)
    await postgres.kill()
    const [first = [], ...others] = calls
    await addRecords(client, jsonOf(first))
    await until(async () => (await client.xpending(recordsStream, recordsGroup))[0] !== 0)
    await Promise.all(others.map((call) => addRecords(client, jsonOf(call))))
    await killRedis()
    await startRedisAgain()
    await postgres.restart()
    await until(isEmpty)
    await expectOnRecord(records, calls)
  })

  it('takes over what a dead consumer had read and not written', async () => {
    const { client, start, isEmpty } = await startParts()
    await client.xgroup('CREATE', recordsStream, recordsGroup, '0', 'MKSTREAM')
    const calls = sampleCalls('claimed', 5)
    for (const call of calls) await addRecords(client, jsonOf(call))
    const read = ['XREADGROUP', 'GROUP', recordsGroup, 'dead', 'COUNT', 1000] as const
    await client.call(...read, 'STREAMS', recordsStream, '>')
    const records = start({ claimIdleMs: 1 })
    await until(isEmpty)
    await expectOnRecord(records, calls)
  })

  it('replays what a process that was killed had spilled while Redis was away', async () => {
    const { dataDir, start } = await startParts()
    const [call = []] = sampleCalls('spilled', 1)
    const source = join(import.meta.dirname, '../../src/records/spill.ts')
    const script = `
      const { createSpill } = await import(${JSON.stringify(source)})
      const spill = createSpill({ dir: ${JSON.stringify(join(dataDir, 'spill'))}, holder: 'dead',
        name: 'calls', maxBytes: 1e6, onError: console.error })
      for (const line of ${JSON.stringify(jsonOf(call))}) spill.add(line)
      await spill.settled()
      console.log('spilled')
      setInterval(() => {}, 1000)`
    const child = spawn(process.execPath, ['--input-type=module', '-e', script])
    await once(child.stdout, 'data')
    child.kill('SIGKILL')
    await once(child, 'exit')
    const [file = ''] = await readdir(join(dataDir, 'spill'))
    await appendFile(join(dataDir, 'spill', file), '{"kind":"call-ev') // the line it died in
    const records = start()
    await until(async () => (await records.readCall('spilled-0')) !== undefined)
    await expectOnRecord(records, [call])
    await until(async () => (await readdir(join(dataDir, 'spill'))).length === 0)
  })

  it('does not replay what a dead process thought of a call that went on elsewhere', async () => {
    const { client, dataDir, start, isEmpty } = await startParts()
    const [gone = [], kept = []] = sampleCalls('elsewhere', 2)
    const dead = start()
    await until(async () => (await client.exists(recordsStream)) === 1)
    dead.sink.spill([...gone, ...kept])
    await client.hset(keys.lease('elsewhere-0'), 'holder', 'another')
    await dead.close() // its file stays: Redis has never taken what is in it
    expect((await readdir(join(dataDir, 'spill'))).length).toBe(1)
    const records = start()
    await until(async () => (await readdir(join(dataDir, 'spill'))).length === 0)
    await until(isEmpty)
    await expectOnRecord(records, [kept])
    expect(await records.readCall('elsewhere-0')).toBeUndefined()
    expect(await records.metric('records_dropped_total')).toBe(jsonOf(gone).length)
  })

  it('removes its spill once Redis has everything, and counts what found no room', async () => {
    const { dataDir, start } = await startParts()
    const records = start()
    const calls = sampleCalls('bounded', 400)
    for (const call of calls) records.sink.spill(call)
    expect(await records.metric('records_dropped_total')).toBeGreaterThan(0)
    await until(async () => (await readdir(join(dataDir, 'spill'))).length === 1)
    records.sink.written()
    await until(async () => (await readdir(join(dataDir, 'spill'))).length === 0)
  })

  it('puts aside the one entry that Postgres can never take, and writes the others', async () => {
    const { client, start, isEmpty } = await startParts()
    const records = start()
    const [call = []] = sampleCalls('around', 1)
    const entries = jsonOf(call)
    const event = { type: 'dtmf', at: 1, digit: '1' }
    const poison = {
      kind: 'call-event',
      callId: 'x',
      eventId: '99999999999999999999-0',
      event,
    } as const
    await addRecords(client, [
      ...entries.slice(0, 5),
      toRecordJson(poison),
      'no json',
      ...entries.slice(5),
    ])
    await until(isEmpty)
    await expectOnRecord(records, [call])
    expect(await client.xlen(deadRecordsStream)).toBe(2)
    expect(await client.ttl(deadRecordsStream)).toBeGreaterThan(0)
    expect(await records.metric('records_buried_total')).toBe(2)
  })

  it('keeps a recording that came while Redis was away', async () => {
    const { killRedis, startRedisAgain, start } = await startParts()
    const records = start()
    await killRedis()
    records.addRecording({
      ...{ id: 'EG_1', callId: 'c', source: 'egress', reference: 's3://b/1.ogg' },
      ...{ status: 'complete', at: 1 },
    })
    await startRedisAgain()
    await until(async () => (await records.readDetails('c')).recordings.length === 1)
  })

  it('leaves no key without a TTL', async () => {
    const { client, start } = await startParts()
    start()
    await until(async () => (await client.exists(recordsStream)) === 1)
    for (const key of await client.keys('*')) expect(await client.ttl(key)).toBeGreaterThan(0)
  })
})

describe('the way of records to PGlite', needs(['redis']), () => {
  it('goes on where it was after a restart', async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.stop())
    const client = connectRedis(redis.url)
    onTestFinished(() => client.disconnect())
    const { address, database, close } = await openTestDatabase('pglite')
    onTestFinished(() => close())
    const calls = sampleCalls('restart', 20)
    const first = startTestRecords({ database, redisUrl: redis.url, ...address })
    for (const call of calls) await addRecords(client, jsonOf(call))
    await first.close()
    const second = startTestRecords({ database, redisUrl: redis.url, ...address, claimIdleMs: 1 })
    onTestFinished(() => second.close())
    await until(async () => (await client.xlen(recordsStream)) === 0)
    await expectOnRecord(second, calls)
  })
})

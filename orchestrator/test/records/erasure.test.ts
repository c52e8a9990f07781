import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { eq, sql } from 'drizzle-orm'
import { Redis } from 'ioredis'
import { importJWK } from 'jose'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { audit } from '../../src/database/audit-schema.ts'
import { createEffectLedger } from '../../src/database/effect-ledger.ts'
import { recordings, usage } from '../../src/database/records-schema.ts'
import { createRecordReader } from '../../src/records/read-records.ts'
import { erasureReceipt, verifyReceipt } from '../../src/records/receipt.ts'
import { recordsStream } from '../../src/records/record-entry.ts'
import { webhookDeliveries } from '../../src/webhooks/tables.ts'
import { openTestDatabase, type TestDatabase } from '../database/test-database.ts'
import { joinCall, turn } from '../support/agent.ts'
import {
  finished,
  operatorToken,
  type StreamTurn,
  startTestService,
  type TestService,
} from '../support/service.ts'
import { newDataDir } from './test-records.ts'
import { until } from './until.ts'

const number = '+4915112345678'
const answer = z.object({ receipt: erasureReceipt, signed: z.string() })

const farewell: StreamTurn = async function* () {
  yield { type: 'sentence', text: 'Goodbye, Mister Secretname.' }
  yield { type: 'end-call', reason: 'done' }
  yield finished
}

describe('POST /v1/erasures', needs(['redis', 'postgres']), () => {
  let redis: TestRedis
  let test: TestDatabase
  beforeAll(async () => {
    redis = await startRedis()
    test = await openTestDatabase('postgres')
  })
  afterAll(async () => {
    await test?.close()
    await redis?.stop()
  })

  const start = async () => {
    const client = new Redis(redis.url)
    onTestFinished(() => client.disconnect())
    const service = await startTestService({
      ...{ redisUrl: redis.url, streamTurn: farewell, database: test.database },
      env: { DATA_DIR: await newDataDir(), RECORDS_SECRET: 'a-secret-of-32-characters-or-more' },
    })
    return { service, client }
  }
  const erase = (service: TestService, body: unknown, token = operatorToken) =>
    fetch(new URL('/v1/erasures', service.url), {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const begin = async (service: TestService, caller: string) => {
    const call = await joinCall(service.url)
    call.agent.send({
      ...{ type: 'call-started', direction: 'inbound', participant: 'sip_1', caller },
      called: '100',
    })
    call.agent.send({ type: 'call-status', status: 'active' })
    return call
  }
  const finish = async (service: TestService, call: Awaited<ReturnType<typeof begin>>) => {
    call.agent.send(turn('turn-1', 'I am Secretname, goodbye'))
    const { actionId } = await call.agent.next('action')
    call.agent.send({ type: 'heard', turnId: 'turn-1', text: 'Goodbye', interrupted: false })
    call.agent.send({ type: 'action-result', actionId, ok: true })
    await service.deletion(call.job.room)
    await call.agent.close()
  }
  const recorded = (client: Redis, callId: string) =>
    until(async () => {
      const known = await createRecordReader(test.database.client).readCall(callId)
      return known?.state === 'ended' && (await client.xlen(recordsStream)) === 0
    })

  it('leaves nothing of the caller in Redis or Postgres, and of nobody else less', async () => {
    const { service, client } = await start()
    const call = await begin(service, number)
    const other = await begin(service, '+4915100000000')
    const running = await erase(service, { number })
    expect(running.status).toBe(409)
    await createEffectLedger(test.database.client).run(
      {
        ...{ callId: call.callId, turnId: 't', epoch: 1, tool: 'book', identity: {} },
        arguments: { guest_name: 'Secretname' },
      },
      async () => ({ ok: true, result: { guest_name: 'Secretname' } }),
      { signal: new AbortController().signal },
    )
    await test.database.client.insert(recordings).values({
      ...{ id: 'EG_1', roomSid: call.job.roomSid, source: 'egress', at: 1 },
      ...{ reference: 's3://bucket/1.ogg', status: 'complete' },
    })
    const toOwner = { messageId: 'msg_1', endpoint: 'e', lineId: 'l', callId: call.callId }
    await test.database.client.insert(webhookDeliveries).values({
      ...{ ...toOwner, eventType: 'transcript.ready', payload: '{"text":"Secretname"}' },
      ...{ state: 'pending', giveUpAt: new Date(8_640_000_000_000) },
    })
    await finish(service, call)
    await finish(service, other)
    await recorded(client, call.callId)
    await recorded(client, other.callId)

    const response = await erase(service, { number: '0049 151 1234-5678' })
    expect(response.status).toBe(200)
    const { receipt, signed } = answer.parse(await response.json())
    expect(receipt).toMatchObject({
      ...{ calls: 1, effects: 1, webhooks: 1 },
      recordings: [{ id: 'EG_1', reference: 's3://bucket/1.ogg' }],
    })

    for (const key of await client.keys('*')) {
      if (key.startsWith('limits:')) continue // counts the calls of the last hour by their random ids
      expect(key).not.toContain(call.callId)
      const holdsIt = (await client.dump(key).then(String)).includes(call.callId)
      expect({ key, holdsIt }).toEqual({ key, holdsIt: false })
    }
    const tables = [
      ...['calls', 'call_events', 'turns', 'transcripts', 'consents', 'effects'],
      'webhook_deliveries',
    ]
    for (const table of tables) {
      const rows = await test.database.client.execute(
        sql.raw(`select t::text as row from ${table} t where t::text like '%${call.callId}%'`),
      )
      expect({ table, rows: JSON.stringify(rows) }).toEqual({
        table,
        rows: expect.not.stringContaining('Secretname'),
      })
    }
    const reader = createRecordReader(test.database.client)
    expect(await reader.readCall(call.callId)).toBeUndefined()
    expect((await service.get(`/v1/calls/${call.callId}`)).status).toBe(404)
    expect(await reader.readCall(other.callId)).toMatchObject({ state: 'ended' })
    expect((await service.get(`/v1/calls/${other.callId}`)).status).toBe(200)
    const used = await test.database.client
      .select()
      .from(usage)
      .where(eq(usage.callId, call.callId))
    expect(used.length).toBeGreaterThan(0)

    const rows = await test.database.client.select().from(audit)
    expect(rows).toMatchObject([
      { action: 'caller-erased', detail: { receiptId: receipt.receiptId } },
    ])
    expect(JSON.stringify([rows, receipt])).not.toMatch(/15112345678|1234-5678/)

    const { keys } = z
      .object({ keys: z.array(z.looseObject({ kty: z.string() })) })
      .parse(await (await service.get('/v1/erasures/key')).json())
    const [jwk = { kty: '' }] = keys
    await importJWK(jwk, 'EdDSA')
    expect(await verifyReceipt(signed, jwk)).toEqual(receipt)
    const [head, body = '', signature] = signed.split('.')
    const changed = Buffer.from(body, 'base64url').toString().replace('"calls":1', '"calls":2')
    const forged = `${head}.${Buffer.from(changed).toString('base64url')}.${signature}`
    await expect(verifyReceipt(forged, jwk)).rejects.toThrow()

    const again = answer.parse(await (await erase(service, { number })).json())
    expect(again.receipt).toMatchObject({ calls: 0, recordings: [] })
  })

  it('refuses what is no number, and everyone but operators', async () => {
    const { service } = await start()
    expect((await erase(service, { number: 'anonymous' })).status).toBe(400)
    const wrong = await erase(service, { phone: number })
    expect(wrong.status).toBe(400)
    expect(await wrong.text()).not.toContain(number)
    expect((await erase(service, { number }, 'wrong')).status).toBe(401)
    expect((await erase(service, { number }, 'agent-token-for-tests')).status).toBe(403)
  })
})

import { callAnswer, callList } from '@trunkline/contracts'
import { needs, startRedis } from '@trunkline/testkit'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createPrices } from '../../src/records/prices.ts'
import { writeBatch } from '../../src/records/write-batch.ts'
import { openTestDatabase } from '../database/test-database.ts'
import { sampleEvents, toEntries, withIds } from '../records/sample-call.ts'
import { newDataDir } from '../records/test-records.ts'
import { joinCall, turn } from '../support/agent.ts'
import { readEvents } from '../support/events.ts'
import { exactly } from '../support/exactly.ts'
import { operatorToken, startTestService } from '../support/service.ts'

describe('what GET /v1/calls and GET /v1/calls/{id} tell', needs(['redis']), () => {
  it('is what the contract has and no more, of a call under way and of one that has left Redis', async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.stop())
    const test = await openTestDatabase('pglite')
    onTestFinished(() => test.close())
    const { client } = test.database
    const service = await startTestService({
      ...{ redisUrl: redis.url, database: test.database },
      env: { DATA_DIR: await newDataDir() },
    })
    const { agent, callId } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    await readEvents(service.url, callId, { until: ({ type }) => type === 'call-active' })
    agent.send(turn('turn-1', 'a room, please'))
    await agent.next('turn-finished')
    const muting = fetch(`${service.url}/v1/calls/${callId}/actions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ action: 'mute' }),
    })
    const { actionId } = await agent.next('action')
    agent.send({ type: 'action-result', actionId, ok: true })
    await muting
    const [created, ...rest] = sampleEvents()
    if (!created) throw new Error('the sample has no event')
    const transfer = { kind: 'transfer', to: '+4940555123' } as const
    const acted = { type: 'action', kind: 'transfer', action: transfer } as const
    const prices = createPrices({ telephony: { default: { eurPerMinute: 0.6 } } })
    const entries = toEntries(
      withIds('old', [created, { ...acted, at: created.at, actionId: 'a1' }, ...rest]),
    )
    await writeBatch(client, entries, { prices })

    const read = async (path: string) => (await service.get(path)).json()
    const live = exactly(callAnswer, await read(`/v1/calls/${callId}`))
    expect(live).toMatchObject({
      turns: [{}],
      actions: [{ action: { kind: 'mute' } }],
      effects: [],
    })
    const old = exactly(callAnswer, await read('/v1/calls/old'))
    expect(old).toMatchObject({ costEur: 0.6, actions: [{ action: transfer }] })

    const first = exactly(callList, await read('/v1/calls?limit=1'))
    expect(first.calls).toMatchObject([{ id: callId }])
    const next = exactly(callList, await read(`/v1/calls?cursor=${first.nextCursor}`))
    const last = next.nextCursor
      ? exactly(callList, await read(`/v1/calls?cursor=${next.nextCursor}`))
      : next
    expect(last.calls).toMatchObject([{ id: 'old', endReason: 'caller-hangup' }])
    await agent.close()
  })
})

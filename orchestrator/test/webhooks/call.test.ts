import { deliveryList, endpointList } from '@trunkline/contracts'
import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { databases, openTestDatabase, type TestDatabase } from '../database/test-database.ts'
import { joinCall, turn } from '../support/agent.ts'
import { operatorToken, startTestService } from '../support/service.ts'
import { startReceiver, status } from './receiver.ts'
import { eventually, lineWith, secret } from './test-webhooks.ts'

describe.each(databases)('the owner of a line hears of a call, on $kind', ({ kind, options }) => {
  describe('in the whole service', { ...needs(['redis']), ...options }, () => {
    let redis: TestRedis
    let test: TestDatabase
    beforeAll(async () => {
      redis = await startRedis()
      test = await openTestDatabase(kind)
    })
    afterAll(async () => {
      await test?.close()
      await redis?.stop()
    })

    it('from the channel over the records to the owner, and dead letters are replayed by operators', async () => {
      const receiver = await startReceiver(status(410))
      const line = lineWith([{ name: 'owner', url: receiver.url }])
      const service = await startTestService({
        ...{ redisUrl: redis.url, line, database: test.database },
        env: {
          ...{ WEBHOOK_SECRET: secret, WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8' },
          DATA_DIR: test.address.dataDir,
        },
        overrides: { webhookTiming: { pollMs: 20, toRetryDelayMs: () => 10 } },
      })
      const post = (path: string, token = operatorToken) =>
        fetch(new URL(path, service.url), {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
        })
      const { agent, callId, job } = await joinCall(service.url)
      agent.send({ type: 'call-status', status: 'active' })
      agent.send({ type: 'say-started', turnId: 'greeting', index: 0 })
      agent.send({ type: 'heard', turnId: 'greeting', text: 'Hello.', interrupted: false })
      agent.send(turn('turn-1', 'a room please'))
      await agent.next('turn-finished')
      agent.send({ type: 'heard', turnId: 'turn-1', text: 'You said.', interrupted: false })
      agent.send({ type: 'call-ended', reason: 'caller-hangup' })
      await service.deletion(job.room)

      const readDead = async () => {
        const answer = await service.get(
          `/v1/webhooks/deliveries?state=dead&callId=${callId}&limit=3`,
        )
        return deliveryList.parse(await answer.json())
      }
      const all = await eventually(
        async () => {
          const first = await readDead()
          const { nextCursor } = first
          if (nextCursor === undefined) return first.deliveries
          const path = `/v1/webhooks/deliveries?state=dead&callId=${callId}&cursor=${nextCursor}`
          const more = deliveryList.parse(await (await service.get(path)).json())
          return [...first.deliveries, ...more.deliveries]
        },
        (deliveries) => deliveries.length === 4,
      )
      expect(all.map(({ type }) => type).toReversed()).toEqual([
        ...['call.started', 'call.answered', 'call.ended', 'transcript.ready'],
      ])
      const read = async () =>
        endpointList.parse(await (await service.get('/v1/webhooks/endpoints')).json()).endpoints
      expect(await read()).toMatchObject([{ state: 'off', dead: 4 }])

      const before = receiver.requests.length // one, or more that were under way meanwhile
      receiver.answer = (response) => void response.writeHead(200).end()
      const [endpoint] = await read()
      expect((await post(`/v1/webhooks/endpoints/${endpoint?.endpoint}/enable`)).status).toBe(200)
      for (const { id } of all.toReversed()) {
        expect((await post(`/v1/webhooks/deliveries/${id}/replay`)).status).toBe(202)
      }
      const requests = (await receiver.until(before + 4)).slice(before)
      expect(requests.map(({ message }) => message.type)).toEqual([
        ...['call.started', 'call.answered', 'call.ended', 'transcript.ready'],
      ])
      expect(requests.at(-1)?.message.data).toMatchObject({
        callId,
        entries: [
          { role: 'agent', text: 'Hello.' },
          { role: 'caller', text: 'a room please' },
          { role: 'agent', text: 'You said.' },
        ],
      })

      const id = all[0]?.id ?? ''
      const codes = await Promise.all([
        ...[
          post('/v1/webhooks/deliveries/nothing/replay'),
          post('/v1/webhooks/endpoints/x/enable'),
        ],
        service.get('/v1/webhooks/deliveries?state=lost'),
        ...[post(`/v1/webhooks/deliveries/${id}/replay`, 'no-operator-at-all')],
      ])
      expect(codes.map((answer) => answer.status)).toEqual([404, 404, 400, 401])
      await eventually(
        () => post(`/v1/webhooks/deliveries/${id}/replay`),
        (answer) => answer.status === 409, // delivered by now
      )
    })
  })
})

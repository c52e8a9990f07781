import { createHash } from 'node:crypto'
import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { AccessToken } from 'livekit-server-sdk'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joinCall } from './support/agent.ts'
import { readEvents } from './support/events.ts'
import { livekitKey, livekitSecret, startTestService } from './support/service.ts'

/** A signature as livekit-server makes it. */
async function sign(body: string, secret = livekitSecret): Promise<string> {
  const token = new AccessToken(livekitKey, secret, { ttl: 300 })
  token.sha256 = createHash('sha256').update(body).digest('base64')
  return token.toJwt()
}

describe('LiveKit’s webhooks', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  const post = (url: string, body: string, authorization?: string) =>
    fetch(`${url}/v1/livekit/webhook`, {
      method: 'POST',
      headers: {
        'content-type': 'application/webhook+json',
        ...(authorization === undefined ? {} : { authorization }),
      },
      body,
    })
  const finishedRoom = (sid: string, id: string) =>
    JSON.stringify({
      event: 'room_finished',
      id,
      createdAt: String(Math.floor(Date.now() / 1000)),
      room: { sid, name: 'x' },
    })

  it('refuses a bad signature with 401, and changes nothing', async () => {
    const service = await startTestService({
      redisUrl: redis.url,
      overrides: { webhookGraceMs: 0 },
    })
    const { agent, job, callId } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    const body = finishedRoom(job.roomSid, 'EV_1')
    const ofAnotherBody = await sign(finishedRoom('RM_other', 'EV_1'))
    const ofAnotherSecret = await sign(body, 'another-secret-of-32-characters-or-more')
    for (const authorization of [undefined, 'nonsense', ofAnotherBody, ofAnotherSecret]) {
      expect((await post(service.url, body, authorization)).status).toBe(401)
    }
    agent.send({ type: 'dtmf', digit: '1' })
    const events = await readEvents(service.url, callId, { until: ({ type }) => type === 'dtmf' })
    expect(events.map(({ type }) => type)).not.toContain('call-ending')
    expect(await service.call(callId)).toMatchObject({ state: 'active' })
    expect(service.deleted).toEqual([])
    await agent.close()
    await service.close()
  })

  it('believes no event that is older than five minutes, or signed longer ago', async () => {
    const { url } = await startTestService({ redisUrl: redis.url })
    const seconds = Math.floor(Date.now() / 1000)
    const made = (at: number) =>
      JSON.stringify({ event: 'room_started', id: `EV_${at}`, createdAt: String(at) })
    for (const [at, status] of [
      ...[[seconds - 290, 200] as const, [seconds + 30, 200] as const],
      ...[[seconds - 310, 401] as const, [seconds + 300, 401] as const],
    ]) {
      const body = made(at)
      expect([at, (await post(url, body, await sign(body))).status]).toEqual([at, status])
    }
    const body = made(seconds)
    const token = new AccessToken(livekitKey, livekitSecret, { ttl: -120 })
    token.sha256 = createHash('sha256').update(body).digest('base64')
    expect((await post(url, body, await token.toJwt())).status).toBe(401)
  })

  it('answers 400 to what is signed and no event, 413 to too much and 415 to another type', async () => {
    const { url } = await startTestService({ redisUrl: redis.url })
    for (const body of ['not json', '[]', '{"event":"room_started"}']) {
      expect((await post(url, body, await sign(body))).status).toBe(400)
    }
    const large = JSON.stringify({ event: 'a'.repeat(300 * 1024) })
    expect((await post(url, large, await sign(large))).status).toBe(413)
    const headers = { 'content-type': 'application/json', authorization: await sign('{}') }
    const json = await fetch(`${url}/v1/livekit/webhook`, { method: 'POST', headers, body: '{}' })
    expect(json.status).toBe(415)
  })

  it('handles an event once over two replicas', async () => {
    const seen: string[] = []
    const overrides = { onRoomSeen: ({ sid }: { sid: string }) => void seen.push(sid) }
    const services = [
      await startTestService({ redisUrl: redis.url, overrides }),
      await startTestService({ redisUrl: redis.url, overrides }),
    ]
    const joined = (sid: string) =>
      JSON.stringify({
        ...{ event: 'participant_joined', id: `EV_${sid}` },
        createdAt: String(Math.floor(Date.now() / 1000)),
        room: { sid, name: 'call_100_x' },
        participant: { identity: 'sip_1', kind: 'SIP' },
      })
    const sids = Array.from({ length: 20 }, (_, index) => `RM_twice_${index}`)
    await Promise.all(
      sids.flatMap((sid) =>
        [...services, ...services].map(async ({ url }) => {
          const body = joined(sid)
          expect((await post(url, body, await sign(body))).status).toBe(200)
        }),
      ),
    )
    for (const service of services) await service.close() // what was taken is handled first
    expect(seen.toSorted()).toEqual(sids.toSorted())
  })

  it('ends a call whose room has finished, once', async () => {
    const service = await startTestService({
      redisUrl: redis.url,
      overrides: { webhookGraceMs: 0 },
    })
    const { agent, job, callId } = await joinCall(service.url)
    const body = finishedRoom(job.roomSid, 'EV_2')
    for (let times = 0; times < 2; times += 1) {
      expect((await post(service.url, body, await sign(body))).status).toBe(200)
    }
    const events = await readEvents(service.url, callId)
    expect(events.at(-1)?.event).toMatchObject({ type: 'call-ended', reason: 'room-lost' })
    expect(service.deleted).toEqual([job.room])
    await agent.close()
    await service.close()
  })

  it('ends a call whose caller has left, and not one whose agent has', async () => {
    const service = await startTestService({
      redisUrl: redis.url,
      overrides: { webhookGraceMs: 0 },
    })
    const { agent, job, callId } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    const left = (kind: string, id: string) =>
      JSON.stringify({
        ...{ event: 'participant_left', id, createdAt: String(Math.floor(Date.now() / 1000)) },
        room: { sid: job.roomSid, name: job.room },
        participant: { sid: 'PA_1', identity: 'someone', kind },
      })
    const agentLeft = left('AGENT', 'EV_3')
    expect((await post(service.url, agentLeft, await sign(agentLeft))).status).toBe(200)
    const callerLeft = left('SIP', 'EV_4')
    expect((await post(service.url, callerLeft, await sign(callerLeft))).status).toBe(200)
    const events = await readEvents(service.url, callId)
    expect(events.at(-1)?.event).toMatchObject({ type: 'call-ended', reason: 'caller-hangup' })
    await agent.close()
    await service.close()
  })

  it('ends the record of a call that was left behind by a process before', async () => {
    const first = await startTestService({ redisUrl: redis.url })
    const { agent, job, callId } = await joinCall(first.url)
    agent.send({ type: 'call-status', status: 'active' })
    await readEvents(first.url, callId, { until: ({ type }) => type === 'call-active' })
    await first.close()
    const second = await startTestService({ redisUrl: redis.url, overrides: { webhookGraceMs: 0 } })
    const body = finishedRoom(job.roomSid, 'EV_5')
    expect((await post(second.url, body, await sign(body))).status).toBe(200)
    const events = await readEvents(second.url, callId)
    expect(events.at(-1)?.event).toMatchObject({ type: 'call-ended', reason: 'room-lost' })
    expect(await second.call(callId)).toMatchObject({ state: 'failed', endReason: 'room-lost' })
    await second.close()
  })
})

import { randomUUID } from 'node:crypto'
import { callList, tokenResponse } from '@trunkline/contracts'
import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { TokenVerifier } from 'livekit-server-sdk'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { joinCall, turn } from './support/agent.ts'
import { readEvents } from './support/events.ts'
import { livekitKey, livekitSecret, startTestService } from './support/service.ts'

describe('HTTP', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  it('shows calls to operators only', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    for (const path of ['/v1/calls', '/v1/calls/x', '/v1/calls/x/events']) {
      expect((await service.get(path, {})).status).toBe(401)
      expect((await service.get(path, { authorization: 'Bearer wrong' })).status).toBe(401)
    }
    await service.close()
  })

  it('lists calls newest first, by filter and page by page', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const joined = []
    for (const sip of ['SCL_a', 'SCL_b', 'SCL_c']) {
      const call = await joinCall(service.url)
      call.agent.send({
        ...{ type: 'call-started', direction: 'inbound', participant: 'p' },
        sip: { callId: sip },
      })
      await readEvents(service.url, call.callId, { until: ({ type }) => type === 'call-started' })
      joined.push(call)
    }
    const ids = joined.map(({ callId }) => callId).reverse()
    const list = async (query: string) =>
      callList.parse(await (await service.get(`/v1/calls?${query}`)).json())
    const first = await list('limit=2&state=created')
    expect(first.calls.map(({ id }) => id)).toEqual(ids.slice(0, 2))
    const second = await list(`limit=2&state=created&cursor=${first.nextCursor}`)
    expect(second.calls.map(({ id }) => id)[0]).toBe(ids[2])
    expect((await list('sipCallId=SCL_b')).calls.map(({ id }) => id)).toEqual([ids[1]])
    expect((await list(`room=${joined[0]?.job.room}`)).calls).toHaveLength(1)
    expect((await list('line=nobody')).calls).toEqual([])
    for (const { agent } of joined) await agent.close()
    await service.close()
  })

  it.each([
    ['/v1/calls?limit=0', 400, 'limit'],
    ['/v1/calls?state=dancing', 400, 'state'],
    ['/v1/calls?cursor=!', 400, 'cursor'],
    ['/v1/calls/nobody', 404, 'no call'],
    ['/v1/calls/nobody/events', 404, 'no call'],
    ['/v1/nothing', 404, 'nothing here'],
  ])('answers %s with %i and says why', async (path, status, reason) => {
    const service = await startTestService({ redisUrl: redis.url })
    const response = await service.get(path)
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toContain('application/json')
    expect(await response.text()).toContain(reason)
    await service.close()
  })

  it('goes on with the events after Last-Event-ID, and ends after call-ended', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const { agent, callId } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    agent.send(turn('turn-1', 'hello'))
    const begin = await readEvents(service.url, callId, { until: ({ type }) => type === 'say' })
    const rest = readEvents(service.url, callId, { after: begin.at(-1)?.id ?? '' })
    agent.send({ type: 'dtmf', digit: '5' })
    agent.send({ type: 'call-ended', reason: 'caller-hangup' })
    const events = [...begin, ...(await rest)]
    expect(events.map(({ type }) => type)).toEqual([
      ...['call-created', 'job-linked', 'call-active', 'turn-received', 'say', 'turn-finished'],
      ...['dtmf', 'call-ending', 'call-ended'],
    ])
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
    const bad = await service.get(`/v1/calls/${callId}/events`, {
      authorization: 'Bearer operator-token-for-tests',
      'last-event-id': 'yesterday',
    })
    expect(bad.status).toBe(400)
    await agent.close()
    await service.close()
  })

  const requestToken = (url: string, body: unknown) =>
    fetch(`${url}/v1/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  it('gives a browser a token for a room of its own with the agent in it', async () => {
    const env = { PUBLIC_LIVEKIT_URL: 'wss://rooms.example.test' }
    const service = await startTestService({ redisUrl: redis.url, env })
    const body = { participant_name: 'Ada', room_name: 'somebody-elses' }
    const response = await requestToken(service.url, body)
    const { server_url, participant_token } = tokenResponse.parse(await response.json())
    expect(server_url).toBe('wss://rooms.example.test')
    const claims = await new TokenVerifier(livekitKey, livekitSecret).verify(participant_token)
    expect(claims.video?.room).toMatch(/^web_harbour-hotel_[0-9a-f]{16}$/)
    expect(claims.video).toMatchObject({ roomJoin: true, canPublish: true })
    expect(claims.name).toBe('Ada')
    const [dispatch] = claims.roomConfig?.agents ?? []
    expect(dispatch?.agentName).toBe('trunkline')
    expect(JSON.parse(dispatch?.metadata ?? '')).toEqual({ line: 'harbour-hotel' })
    expect((claims.exp ?? 0) - Date.now() / 1000).toBeLessThanOrEqual(120)
    expect((await requestToken(service.url, { line: 'nobody' })).status).toBe(404)
    expect((await requestToken(service.url, { line: 7 })).status).toBe(400)
    await service.close()
  })

  it('counts failures of the model alone: asr-proxy and tts-router count their own', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const metrics = await (await service.get('/metrics')).text()
    const families = [...metrics.matchAll(/^# TYPE (\w+_errors_total) /gm)].map(([, name]) => name)
    expect(families).toEqual(['voice_gateway_llm_errors_total'])
    await service.close()
  })

  it('gives no tokens and no page in production', async () => {
    const env = { TRUNKLINE_MODE: 'production', RECORDS_SECRET: randomUUID() }
    const service = await startTestService({ redisUrl: redis.url, env })
    const response = await requestToken(service.url, {})
    expect(response.status).toBe(403)
    expect(await response.text()).toContain('local mode')
    expect((await fetch(`${service.url}/phone/`)).status).toBe(404)
    await service.close()
  })

  it('serves the page and all it needs, and lets it talk to livekit-server alone', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const page = await fetch(`${service.url}/phone`)
    expect(page.headers.get('content-security-policy')).toContain(
      "connect-src 'self' http://127.0.0.1:7880 ws://127.0.0.1:7880",
    )
    const html = await page.text()
    const files = [...html.matchAll(/(?:src|href)="([\w.]+)"/g)].map(([, file]) => file ?? '')
    expect(files).toContain('phone.js')
    for (const file of [...files, 'call.js', 'livekit-client.esm.mjs']) {
      const response = await fetch(new URL(file, page.url))
      expect({ file, status: response.status }).toEqual({ file, status: 200 })
      await response.body?.cancel()
    }
    await service.close()
  })

  it('is not ready while redis is away, and its open calls go on', async () => {
    const own = await startRedis()
    onTestFinished(() => own.stop())
    const service = await startTestService({ redisUrl: own.url })
    expect((await service.get('/readyz')).status).toBe(200)
    const { agent, job, callId } = await joinCall(service.url)
    await readEvents(service.url, callId, { until: ({ type }) => type === 'call-created' })
    await own.stop()
    agent.send(turn('turn-1', 'is there a sauna?'))
    expect(await agent.next('say')).toMatchObject({ text: 'You said: is there a sauna?' })
    const unready = await service.get('/readyz')
    expect(unready.status).toBe(503)
    expect(await unready.text()).toContain('redis')
    expect((await service.get('/v1/calls')).status).toBe(503)
    expect((await service.get('/healthz')).status).toBe(200)
    // A new caller is not left ringing: they are told, and the call ends.
    const refused = await joinCall(service.url)
    expect(refused.welcome.greeting).toMatchObject({ interruptible: false })
    expect(refused.welcome.greeting.text).toContain('cannot take calls')
    refused.agent.send({ type: 'say-started', turnId: 'greeting', index: 0 })
    const { action } = await refused.agent.next('action')
    expect(action).toEqual({ kind: 'hangup', reason: 'store-unavailable' })

    // It comes back empty: the call is written again with what happened meanwhile, then goes on.
    const back = await startRedis({ port: own.port })
    onTestFinished(() => back.stop())
    await joinAgain(service.url)
    await readEvents(service.url, callId, { until: ({ type }) => type === 'call-restored' })
    agent.send({ type: 'call-ended', reason: 'caller-hangup' })
    await service.deletion(job.room)
    const events = await readEvents(service.url, callId)
    expect(events.map(({ type }) => type)).toEqual(['call-restored', 'call-ending', 'call-ended'])
    expect(events[0]?.event).toMatchObject({
      call: {
        id: callId,
        turns: [
          {
            ...{ turnId: 'turn-1', text: 'is there a sauna?', state: 'finished' },
            says: [{ text: 'You said: is there a sauna?' }],
          },
        ],
      },
    })
  })
})

/** A new call, as soon as one can be made again. */
async function joinAgain(url: string) {
  for (;;) {
    const joined = await joinCall(url).catch(() => undefined)
    if (joined?.welcome.greeting.interruptible) return joined
    await joined?.agent.close()
  }
}

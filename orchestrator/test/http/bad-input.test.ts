import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Endpoint } from '../../src/http/endpoint.ts'
import { endpoints } from '../../src/http/endpoints.ts'
import { joinCall } from '../support/agent.ts'
import {
  agentToken,
  eventsToken,
  operatorToken,
  startTestService,
  type TestService,
} from '../support/service.ts'

const tokens = { agent: agentToken, operator: operatorToken, events: eventsToken } as const
const all: readonly Endpoint[] = Object.values(endpoints).flat()
/** Without a database the service has neither owners' webhooks nor erasures nor recordings: examples.test.ts has them. */
const tested = all.filter(({ path }) => !/^\/v1\/(webhooks|erasures|recordings)/.test(path))
const protectedOnes = tested.filter(({ role }) => role in tokens)
const withBody = tested.filter(({ method, role }) => method === 'POST' && role !== 'livekit')

/** A faulty body for each route that has one, and the path of the field that is wrong. */
const faultyBodies: Readonly<Record<string, readonly (readonly [unknown, string])[]>> = {
  '/v1/calls': [
    [{}, 'line'],
    [{ line: 'harbour-hotel', to: 'call me' }, 'to'],
    [{ line: 'harbour-hotel', to: '+4912345', ringSeconds: 1 }, 'ringSeconds'],
    [{ line: 'harbour-hotel', to: '+4912345', secret: 1 }, 'body'],
    [[], 'body'],
    ['text', 'body'],
  ],
  '/v1/calls/:id/actions': [
    [{}, 'action'],
    [{ action: 'dance' }, 'action'],
    [{ action: 'say' }, 'text'],
    [{ action: 'say', text: '' }, 'text'],
    [{ action: 'say', text: 'x'.repeat(2001) }, 'text'],
    [{ action: 'send-dtmf', digits: 'hello' }, 'digits'],
    [{ action: 'mute', now: true }, 'body'],
  ],
  '/call/event': [
    [{ type: 'note', text: 'x', source: 'pbx', callId: '1' }, 'id'],
    [{ id: '1', type: 'dance', source: 'pbx', callId: '1' }, 'type'],
  ],
  '/v1/livekit/transcription': [[{ id: '1', source: 'asr', callId: '1' }, 'text']],
  '/v1/token': [[{ line: 7 }, 'line']],
}

function authorization(endpoint: Endpoint, token?: string): Record<string, string> {
  const { role } = endpoint
  const own =
    role === 'agent' || role === 'operator' || role === 'events' ? tokens[role] : undefined
  const sent = token ?? own
  return sent === undefined ? {} : { authorization: `Bearer ${sent}` }
}

async function faultOf(response: Response) {
  const text = await response.text()
  const { error } = JSON.parse(text)
  return { status: response.status, code: error.code, message: String(error.message), error }
}

describe('bad input', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  const send = (
    service: TestService,
    { method, path }: Endpoint,
    { id = 'nobody', ...init }: RequestInit & { id?: string } = {},
  ) => fetch(new URL(path.replace(/:(\w+)/g, id), service.url), { method, ...init })
  const json = { 'content-type': 'application/json' }

  it('knows every route that the service has, and no other', async () => {
    const routes = new Set<string>()
    await startTestService({
      redisUrl: redis.url,
      overrides: {
        onRoute: ({ method, url }) => {
          for (const one of [method].flat()) routes.add(`${one} ${url}`)
        },
      },
    })
    const registered = [...routes].filter((route) => !/^(HEAD|OPTIONS)|\/phone\//.test(route))
    expect(registered.toSorted()).toEqual(
      tested.map(({ method, path }) => `${method} ${path}`).toSorted(),
    )
  })

  it('answers 401 without a token and with one that nobody has', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    for (const endpoint of protectedOnes) {
      const given = [{}, { authorization: 'Bearer wrong' }, { authorization: operatorToken }]
      for (const headers of given) {
        const fault = await faultOf(await send(service, endpoint, { headers }))
        expect(fault, endpoint.path).toMatchObject({ status: 401, code: 'unauthorized' })
      }
    }
  })

  it('answers 403 with the token of any other role', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    for (const endpoint of protectedOnes) {
      for (const token of Object.values(tokens)) {
        const headers = authorization(endpoint, token)
        if (headers['authorization'] === authorization(endpoint)['authorization']) continue
        const fault = await faultOf(await send(service, endpoint, { headers }))
        expect(fault, endpoint.path).toMatchObject({ status: 403, code: 'forbidden' })
      }
    }
  })

  it('answers 400 with the path of the field, and repeats no value', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    for (const endpoint of withBody) {
      const headers = { ...authorization(endpoint), ...json }
      const bodies = faultyBodies[endpoint.path]
      expect(bodies, endpoint.path).toBeDefined()
      for (const [body, field] of bodies ?? []) {
        const response = await send(service, endpoint, { headers, body: JSON.stringify(body) })
        const fault = await faultOf(response)
        expect(fault, `${endpoint.path} ${JSON.stringify(body)}`.slice(0, 200)).toMatchObject({
          ...{ status: 400, code: 'bad-request' },
          message: expect.stringContaining(`${field}: `),
        })
        expect(fault.message).not.toMatch(/dance|secret|call me/)
      }
      for (const body of ['{"pin": 1234', '{"__proto__": {}}', '', 'pin 1234']) {
        const fault = await faultOf(await send(service, endpoint, { headers, body }))
        expect(fault, endpoint.path).toMatchObject({ status: 400, code: 'bad-request' })
        expect(fault.message).not.toContain('1234')
      }
    }
  })

  it.each([
    ['limit=0', 'limit'],
    ['limit=many', 'limit'],
    ['state=dancing', 'state'],
    ['cursor=!', 'cursor'],
  ])('answers 400 to the query %s', async (query, field) => {
    const service = await startTestService({ redisUrl: redis.url })
    const fault = await faultOf(await service.get(`/v1/calls?${query}`))
    expect(fault).toMatchObject({ status: 400, message: expect.stringContaining(`${field}: `) })
  })

  it('answers 404 for calls, schemas and routes that are not there', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const headers = authorization({ ...(all[0] as Endpoint), role: 'operator' })
    const body = JSON.stringify({ action: 'hangup' })
    const answers = await Promise.all([
      service.get('/v1/calls/nobody'),
      service.get('/v1/calls/nobody/events'),
      fetch(`${service.url}/v1/calls/nobody/actions`, {
        ...{ method: 'POST', headers: { ...headers, ...json }, body },
      }),
      service.get('/v1/nothing'),
      fetch(`${service.url}/healthz`, { method: 'DELETE' }),
    ])
    for (const answer of answers) expect((await faultOf(answer)).status).toBe(404)
  })

  it('answers 409 with the state the call is in', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const { agent, callId, job } = await joinCall(service.url)
    const act = async (action: object) => {
      const headers = { authorization: `Bearer ${operatorToken}`, ...json }
      const init = { method: 'POST', headers, body: JSON.stringify(action) }
      return faultOf(await fetch(`${service.url}/v1/calls/${callId}/actions`, init))
    }
    const early = await act({ action: 'say', text: 'Hello?' })
    expect(early).toMatchObject({ status: 409, code: 'conflict', error: { state: 'created' } })
    agent.send({ type: 'call-ended', reason: 'caller-hangup' })
    await service.deletion(job.room)
    const late = await act({ action: 'hangup' })
    expect(late).toMatchObject({ status: 409, code: 'conflict', error: { state: 'ended' } })
    await agent.close()
  })

  it('answers 413 to a body that is too large', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    for (const endpoint of withBody) {
      const headers = { ...authorization(endpoint), ...json }
      const body = JSON.stringify({ text: 'x'.repeat(300_000) })
      const fault = await faultOf(await send(service, endpoint, { headers, body }))
      expect(fault, endpoint.path).toMatchObject({ status: 413, code: 'too-large' })
    }
  })

  it('answers 415 to anything but JSON', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const types = ['text/plain', 'application/x-www-form-urlencoded', 'application/xml', 'nonsense']
    for (const endpoint of withBody) {
      for (const type of types) {
        const headers = { ...authorization(endpoint), 'content-type': type }
        const fault = await faultOf(await send(service, endpoint, { headers, body: '{}' }))
        expect(fault, `${endpoint.path} ${type}`).toMatchObject({ status: 415 })
      }
    }
  })

  it('answers 429 with Retry-After beyond the limit of a token, and of an address without one', async () => {
    const env = { RATE_LIMIT_PER_TOKEN: '3', RATE_LIMIT_PER_ADDRESS: '2' }
    const service = await startTestService({ redisUrl: redis.url, env })
    const operator = { authorization: `Bearer ${operatorToken}` }
    for (let count = 0; count < 3; count += 1) {
      expect((await service.get('/v1/calls', operator)).status).toBe(200)
    }
    const limited = tested.filter(({ role }) => role === 'operator')
    for (const endpoint of limited) {
      const response = await send(service, endpoint, { headers: operator })
      expect(Number(response.headers.get('retry-after')), endpoint.path).toBeGreaterThan(0)
      expect(await faultOf(response)).toMatchObject({ status: 429, code: 'too-many-requests' })
    }
    // Another guess each time, and still the same address.
    const guesses = await Promise.all(
      ['one', 'two', 'three'].map((guess) =>
        service.get('/v1/calls', { authorization: `Bearer ${guess}` }),
      ),
    )
    expect(guesses.map(({ status }) => status).toSorted()).toEqual([401, 401, 429])
    for (let count = 0; count < 5; count += 1) {
      expect((await service.get('/healthz')).status).toBe(200)
    }
    const { agent } = await joinCall(service.url)
    await agent.close()
  })

  it('sets headers that keep browsers from doing anything with answers', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    for (const path of ['/v1/calls', '/healthz', '/v1/nothing']) {
      const { headers } = await service.get(path)
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none';frame-ancestors 'none'",
      )
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('strict-transport-security')).toContain('max-age')
    }
  })
})

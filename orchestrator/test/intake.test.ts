import { setTimeout as sleep } from 'node:timers/promises'
import { intakeReceipt } from '@trunkline/contracts'
import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import type { ExternalTranscript } from '../src/intake/call-inbox.ts'
import { createInbox } from '../src/intake/inbox.ts'
import { joinCall, newJob } from './support/agent.ts'
import { readEvents } from './support/events.ts'
import { eventsToken, operatorToken, startTestService } from './support/service.ts'

const routes = {
  '/call/event': { type: 'note', text: 'the caller waits at the desk' },
  '/v1/livekit/transcription': {
    ...{ speaker: 'caller', text: 'a room for two', language: 'en', isFinal: true },
  },
} as const
type Route = keyof typeof routes
const paths: readonly Route[] = ['/call/event', '/v1/livekit/transcription']

const faultBody = z.object({ error: z.object({ code: z.string(), message: z.string() }) })

let lastId = 0
function newId() {
  lastId += 1
  return `ev-${process.pid}-${lastId}`
}

describe('events from outside', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  const post = (
    url: string,
    path: string,
    body: unknown,
    { token = eventsToken, type = 'application/json' }: { token?: string; type?: string } = {},
  ) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': type, ...(token && { authorization: `Bearer ${token}` }) },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
  const note = (callId: string, more: object) => ({
    ...{ id: newId(), source: 'pbx', callId, type: 'note', text: 'x', ...more },
  })
  /** The texts of the notes on record, in order, until the one that is `last`. */
  const notes = async (url: string, callId: string, last: string) => {
    const events = await readEvents(url, callId, {
      until: ({ event }) => event.type === 'external-event' && event.data['text'] === last,
    })
    return events.flatMap(({ event }) =>
      event.type === 'external-event' ? [event.data['text']] : [],
    )
  }

  describe.each(paths)('POST %s', (path) => {
    const body = (more: object = {}) => ({ id: newId(), source: 'pbx', ...routes[path], ...more })
    const fault = async (answer: Response) => ({
      status: answer.status,
      body: faultBody.parse(await answer.json()),
    })

    it('takes an event once and puts it on the call’s record', async () => {
      const { url } = await startTestService({ redisUrl: redis.url })
      const { agent, callId } = await joinCall(url)
      const event = body({ callId })
      const first = await post(url, path, event)
      expect(first.status).toBe(202)
      expect(intakeReceipt.parse(await first.json())).toEqual({ id: event.id, status: 'accepted' })
      const again = await post(url, path, event)
      expect(again.status).toBe(202)
      expect(await again.json()).toEqual({ id: event.id, status: 'duplicate' })
      await post(url, '/call/event', note(callId, { text: 'last' }))
      const events = await readEvents(url, callId, {
        until: ({ event: { type }, event: found }) =>
          type === 'external-event' && 'data' in found && found.data['text'] === 'last',
      })
      const ofIt = events.filter(
        ({ event: found }) => 'eventId' in found && found.eventId === event.id,
      )
      expect(ofIt).toHaveLength(1)
      await agent.close()
    })

    it('answers 401 without a token and with a wrong one, 403 with an operator’s', async () => {
      const { url } = await startTestService({ redisUrl: redis.url })
      for (const [token, status] of [
        ['', 401],
        ['wrong-token-of-some-length', 401],
        [operatorToken, 403],
      ] as const) {
        expect((await post(url, path, body({ callId: 'x' }), { token })).status).toBe(status)
      }
    })

    it('answers 401 to everybody when there is no EVENTS_TOKEN', async () => {
      const { url } = await startTestService({ redisUrl: redis.url, env: { EVENTS_TOKEN: '' } })
      expect((await post(url, path, body({ callId: 'x' }))).status).toBe(401)
    })

    it('names the field that is wrong and repeats nothing of it', async () => {
      const { url } = await startTestService({ redisUrl: redis.url })
      const wrong: readonly (readonly [string, object])[] = [
        ['source', { callId: 'x', source: 'NOT A SOURCE' }],
        ['id', { callId: 'x', id: '' }],
        ['sequence', { callId: 'x', sequence: 0 }],
        ['at', { callId: 'x', at: 'secret-yesterday' }],
        ['callId', {}],
        ['callId', { callId: 'x', roomSid: 'RM_x' }],
        ['roomSid', { roomSid: 'secret-room' }],
        ['body', { callId: 'x', 'secret-field': 1 }],
      ]
      for (const [field, more] of wrong) {
        const { status, body: answer } = await fault(await post(url, path, body(more)))
        expect([status, answer.error.code]).toEqual([400, 'bad-request'])
        expect(answer.error.message).toMatch(new RegExp(`(^|; )${field}: `))
        expect(answer.error.message).not.toContain('secret')
      }
      expect((await post(url, path, 'not json')).status).toBe(400)
      expect((await post(url, path, '[]')).status).toBe(400)
    })

    it('answers 404 to a call that nobody knows, 413 to too much and 415 to another type', async () => {
      const { url } = await startTestService({ redisUrl: redis.url })
      expect((await post(url, path, body({ callId: 'nobody' }))).status).toBe(404)
      const large = body({ callId: 'x', text: 'a'.repeat(300 * 1024) })
      expect((await post(url, path, large)).status).toBe(413)
      const text = await post(url, path, JSON.stringify(body()), { type: 'text/plain' })
      expect(text.status).toBe(415)
    })
  })

  it('puts events in the order of their sequence, and waits for a gap in vain for a second', async () => {
    const { url, get } = await startTestService({ redisUrl: redis.url })
    const { agent, callId } = await joinCall(url)
    for (const sequence of [3, 2, 1, 5]) {
      await post(url, '/call/event', note(callId, { sequence, text: `n${sequence}` }))
    }
    expect(await notes(url, callId, 'n5')).toEqual(['n1', 'n2', 'n3', 'n5'])
    expect(await (await get('/metrics')).text()).toContain('external_events_total{outcome="gap"} 1')
    await agent.close()
  })

  it('brings an event to the replica that has the call, and takes it once over both', async () => {
    const heard: ExternalTranscript[] = []
    const first = await startTestService({
      redisUrl: redis.url,
      overrides: { onTranscript: (transcript) => heard.push(transcript) },
    })
    const second = await startTestService({ redisUrl: redis.url })
    const { agent, callId, job } = await joinCall(first.url)
    const event = { ...routes['/v1/livekit/transcription'], id: newId(), source: 'asr-2' }
    const answers = await Promise.all(
      [second.url, first.url, second.url].map((url) =>
        post(url, '/v1/livekit/transcription', { ...event, roomSid: job.roomSid }),
      ),
    )
    const receipts = await Promise.all(
      answers.map(async (answer) => intakeReceipt.parse(await answer.json())),
    )
    expect(receipts.map(({ status }) => status).toSorted()).toEqual([
      ...['accepted', 'duplicate', 'duplicate'],
    ])
    const events = await readEvents(second.url, callId, {
      until: ({ type }) => type === 'external-transcript',
    })
    expect(events.at(-1)?.event).toMatchObject({ source: 'asr-2', text: 'a room for two' })
    expect(heard).toEqual([{ callId, speaker: 'caller', text: 'a room for two', language: 'en' }])
    expect(first.turns).toEqual([])
    await agent.close()
  })

  it('keeps events of a room until its call comes', async () => {
    const { url } = await startTestService({ redisUrl: redis.url })
    const early = { id: newId(), source: 'pbx', roomSid: 'RM_early', type: 'call-ringing' }
    expect((await post(url, '/call/event', early)).status).toBe(202)
    const { agent, callId } = await joinCall(url, newJob({ roomSid: 'RM_early' }))
    const events = await readEvents(url, callId, { until: ({ type }) => type === 'external-event' })
    expect(events.at(-1)?.event).toMatchObject({ eventId: early.id, kind: 'call-ringing' })
    await agent.close()
  })

  it('forgets a moved inbox in time, also one that was the only one', async () => {
    const own = await startRedis()
    const store = new Redis(own.url)
    onTestFinished(async () => {
      store.disconnect()
      await own.stop()
    })
    const inbox = createInbox({ redis: store, appendLate: async () => 'written' })
    const event = { type: 'external-event', at: 1, eventId: newId(), source: 'pbx' } as const
    const told = { ...event, kind: 'note', data: { text: 'x' } }
    await inbox.accept(told, { kind: 'room', roomSid: 'RM_1' })
    await inbox.moveToCall('RM_1', 'c1')
    expect(await inbox.pending()).toEqual([{ kind: 'call', id: 'c1' }])
    expect(await store.ttl('intake:inboxes')).toBeGreaterThan(0)
    expect(await store.ttl('intake:call:c1')).toBeGreaterThan(0)
  })

  it('puts on record what comes after the call has ended, and leaves its state alone', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const { agent, callId } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    agent.send({ type: 'call-ended', reason: 'caller-hangup' })
    await readEvents(service.url, callId)
    await agent.close()
    const recording = {
      ...{ id: newId(), source: 'recorder', callId, type: 'recording-ready' },
      ...{ url: 'https://recordings.example/1.ogg', durationMs: 61_000 },
    }
    expect((await post(service.url, '/call/event', recording)).status).toBe(202)
    const store = new Redis(redis.url)
    onTestFinished(() => store.disconnect())
    const last = async () => {
      const rows = await store.xrevrange(`call:${callId}:events`, '+', '-', 'COUNT', 1)
      return rows[0]?.[1][1] ?? ''
    }
    while (!(await last()).includes('recording-ready')) await sleep(50)
    expect(await service.call(callId)).toMatchObject({ state: 'ended', endReason: 'caller-hangup' })
    for (const key of await store.keys('*'))
      expect([key, await store.ttl(key)]).not.toEqual([key, -1])
  })

  it('puts nothing twice on the record of a call that has ended', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const { agent, callId } = await joinCall(service.url)
    await post(service.url, '/call/event', note(callId, { text: 'first' }))
    await notes(service.url, callId, 'first')
    agent.send({ type: 'call-ended', reason: 'caller-hangup' })
    const events = await readEvents(service.url, callId)
    await agent.close()
    // As a process leaves it that was killed before it could remove what it had recorded.
    const store = new Redis(redis.url)
    onTestFinished(() => store.disconnect())
    const known = events.find(({ type }) => type === 'external-event')
    const entry = JSON.stringify({ event: JSON.stringify(known?.event) })
    await store.xadd(`intake:call:${callId}`, '*', 'entry', entry)
    await store.sadd('intake:inboxes', `call:${callId}`)
    await post(service.url, '/call/event', note(callId, { text: 'second' }))
    const recorded = async () => {
      const rows = await store.xrange(`call:${callId}:events`, '-', '+')
      return rows.flatMap(([, [, json = '']]) => /"text":"(first|second)"/.exec(json)?.[1] ?? [])
    }
    await expect.poll(recorded, { timeout: 20_000 }).toContain('second')
    expect(await recorded()).toEqual(['first', 'second'])
  })

  it('takes nothing while Redis is away, and says when to come again', async () => {
    const own = await startRedis()
    const { url } = await startTestService({ redisUrl: own.url })
    const { agent, callId } = await joinCall(url)
    await own.stop()
    const answer = await post(url, '/call/event', note(callId, {}))
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '1'])
    await agent.close()
  })

  it('publishes the schemas of what it takes', async () => {
    const { url } = await startTestService({ redisUrl: redis.url })
    for (const name of ['call-event', 'transcription', 'intake-receipt']) {
      const document = await (await fetch(`${url}/v1/schemas/${name}.json`)).json()
      expect(document).toMatchObject({ $schema: expect.stringContaining('2020-12'), title: name })
    }
    expect((await fetch(`${url}/v1/schemas/nothing.json`)).status).toBe(404)
  })
})

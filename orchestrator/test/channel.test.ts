import { once } from 'node:events'
import { createLogger } from '@trunkline/telemetry'
import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { connectAgent, hello, joinCall, newJob, turn } from './support/agent.ts'
import { readEvents } from './support/events.ts'
import { aborted, finished, type StreamTurn, startTestService } from './support/service.ts'

describe('the call channel', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  const answerStatus = async (url: string, headers: Record<string, string>) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/channel`, { headers })
    socket.on('error', () => {}) // `ws` reports the refusal a second time when the socket is ended
    const [, response] = await once(socket, 'unexpected-response')
    socket.terminate()
    return response.statusCode
  }

  it.each([
    ['without a token', {}],
    ['with a wrong token', { authorization: 'Bearer wrong' }],
    ['with the token in another scheme', { authorization: 'Basic agent-token-for-tests' }],
  ])('is refused with 401 before the upgrade %s', async (_title, headers) => {
    const service = await startTestService({ redisUrl: redis.url })
    expect(await answerStatus(service.url, headers)).toBe(401)
    await service.close()
  })

  it('names an unknown type and a wrong field, and the call goes on', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const { agent } = await joinCall(service.url)
    agent.sendRaw('{"type":"sing","seq":2,"at":1}')
    expect(await agent.next('error')).toMatchObject({ code: 'unknown-type', field: 'type' })
    agent.sendRaw('{"type":"dtmf","seq":3,"at":1,"digit":"seven"}')
    const fault = await agent.next('error', ({ code }) => code === 'bad-message')
    expect(fault).toMatchObject({ field: 'digit' })
    expect(fault.message).toContain('digit')
    expect(JSON.stringify(fault)).not.toContain('seven')
    agent.sendRaw('not json')
    await agent.next('error', ({ message }) => message === 'not valid JSON')
    // Faulty messages are acknowledged too: they would come again after every reconnect.
    await agent.next('ack', ({ upTo }) => upTo === 3)
    agent.sendRaw(JSON.stringify({ ...turn('turn-1', 'hello'), seq: 4, at: 1 }))
    expect(await agent.next('say')).toMatchObject({ text: 'You said: hello' })
    await agent.close()
    await service.close()
  })

  it('logs a few faults of a connection, without their text, and ends one of nothing but faults', async () => {
    const lines: string[] = []
    const logger = createLogger('test', { level: 'warn', write: (line) => void lines.push(line) })
    const service = await startTestService({ redisUrl: redis.url, overrides: { logger } })
    const { agent, job } = await joinCall(service.url)
    for (let seq = 2; seq < 120; seq += 1) {
      agent.sendRaw(JSON.stringify({ type: 'speech-start', seq, at: 1, 'Mrs Miller': true }))
    }
    expect(await agent.closed).toBe(1008)
    const faults = lines.filter((line) => line.includes('agent message not understood'))
    expect(faults).toHaveLength(5)
    expect(lines.join('')).not.toContain('Miller')
    // The call itself goes on, for the job as it comes back.
    const again = await connectAgent(service.url, { first: 200 })
    again.sendRaw(JSON.stringify({ ...hello(job, { resumeFrom: 1 }), seq: 1, at: 1 }))
    again.send(turn('turn-1', 'hello'))
    expect(await again.next('say')).toMatchObject({ text: 'You said: hello' })
    await again.close()
  })

  it('wants hello first', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const agent = await connectAgent(service.url)
    agent.send({ type: 'speech-start' })
    expect(await agent.next('error')).toMatchObject({ code: 'not-hello' })
    expect(await agent.closed).toBe(4404)
    await service.close()
  })

  it('refuses another protocol', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const agent = await connectAgent(service.url)
    agent.sendRaw(JSON.stringify({ ...hello(newJob()), seq: 1, at: 1, protocol: 99 }))
    expect(await agent.next('error')).toMatchObject({ code: 'unsupported-protocol' })
    expect(await agent.closed).toBe(4404)
    await service.close()
  })

  it('refuses a number of no line, ends its room at once and counts it', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const job = newJob({ room: 'call_999_abc' })
    const agent = await connectAgent(service.url)
    agent.send(hello(job))
    const refusal = await agent.next('error')
    expect(refusal).toMatchObject({ code: 'unknown-line', retryable: false })
    expect(JSON.stringify(refusal)).not.toContain('999')
    expect(await agent.closed).toBe(4404)
    await service.deletion('call_999_abc')
    const metrics = await (await service.get('/metrics')).text()
    expect(metrics).toContain('calls_total{end_reason="unknown-number"} 1')
    await service.close()
  })

  it('finds the line of a browser’s job in its metadata', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const metadata = JSON.stringify({ line: 'harbour-hotel' })
    const job = newJob({ room: 'web_harbour-hotel_1', metadata })
    const { agent, welcome } = await joinCall(service.url, job)
    expect(welcome.line.id).toBe('harbour-hotel')
    await agent.close()
    await service.close()
  })

  it('sends what was not handled again after a reconnect, exactly once, and keeps the epoch', async () => {
    let release = () => {}
    const streamTurn: StreamTurn = async function* () {
      yield { type: 'sentence', text: 'One.' }
      await new Promise<void>((resolve) => {
        release = resolve
      })
      yield { type: 'sentence', text: 'Two.' }
      yield finished
    }
    const service = await startTestService({ redisUrl: redis.url, streamTurn })
    const { agent, job, callId } = await joinCall(service.url)
    const turnSeq = agent.send(turn('turn-1', 'count'))
    const one = await agent.next('say')
    await agent.next('ack', ({ upTo }) => upTo >= turnSeq)
    await agent.kill()
    release() // the reply goes on while the channel is away

    const again = await connectAgent(service.url, { first: turnSeq + 1 })
    again.sendRaw(JSON.stringify({ ...hello(job, { resumeFrom: one.seq }), seq: 1, at: 1 }))
    // The turn was acknowledged, yet comes a second time: it must not be answered a second time.
    again.sendRaw(JSON.stringify({ ...turn('turn-1', 'count'), seq: turnSeq, at: 1 }))
    const two = await again.next('say')
    expect(two).toMatchObject({ text: 'Two.', index: 1, seq: one.seq + 1 })
    await again.next('turn-finished')
    again.send({ type: 'speech-start' })
    await again.next('ack', ({ upTo }) => upTo === turnSeq + 1)
    expect(again.received.filter(({ type }) => type === 'say')).toHaveLength(1)
    expect(again.received.filter(({ type }) => type === 'welcome')).toHaveLength(0)
    expect(service.turns).toHaveLength(1)
    expect(service.turns[0]?.callId).toBe(callId)
    await again.close()
    await service.close()
  })

  it('gives the call to a newer job and closes the older one with 4409 for good', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const { agent, job, callId } = await joinCall(service.url)
    const newer = await joinCall(service.url, { ...job, jobId: `${job.jobId}-b` })
    expect(newer.welcome).toMatchObject({ callId, epoch: 2 })
    expect(await agent.next('error')).toMatchObject({ code: 'superseded', retryable: false })
    expect(await agent.closed).toBe(4409)
    const old = await connectAgent(service.url)
    old.send(hello(job))
    expect(await old.closed).toBe(4409)
    expect(service.deleted).toEqual([])
    newer.agent.send(turn('turn-1', 'still here?'))
    expect(await newer.agent.next('say')).toMatchObject({ text: 'You said: still here?' })
    expect(service.turns[0]?.epoch).toBe(2)
    await newer.agent.close()
    await service.close()
  })

  it('ends the call when the channel does not come back', async () => {
    const service = await startTestService({
      redisUrl: redis.url,
      overrides: { channelGraceMs: 50 },
    })
    const { agent, job, callId } = await joinCall(service.url)
    await agent.kill()
    await service.deletion(job.room)
    const events = await readEvents(service.url, callId)
    expect(events.at(-1)?.event).toMatchObject({ type: 'call-ended', reason: 'agent-lost' })
    await service.close()
  })

  it('lets go of a call that another orchestrator has, instead of ending it for silence', async () => {
    const first = await startTestService({
      redisUrl: redis.url,
      overrides: { channelGraceMs: 50 },
    })
    const second = await startTestService({ redisUrl: redis.url })
    const { agent, job, callId } = await joinCall(first.url)
    await readEvents(first.url, callId, { until: ({ type }) => type === 'call-created' })
    const moved = await connectAgent(second.url, { first: 2 })
    moved.sendRaw(JSON.stringify({ ...hello(job, { resumeFrom: 1 }), seq: 1, at: 1 }))
    await moved.next('ack')
    await agent.kill()
    const active = async () =>
      (await (await first.get('/metrics')).text()).match(/^calls_active .*/m)
    await expect.poll(async () => String(await active())).toBe('calls_active 0')
    expect(first.deleted).toEqual([])
    moved.send(turn('turn-1', 'still here?'))
    expect(await moved.next('say')).toMatchObject({ text: 'You said: still here?' })
    await moved.close()
    await first.close()
    await second.close()
  })

  it('deletes the room when the caller has hung up', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const { agent, job, callId } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    agent.send({ type: 'call-ended', reason: 'caller-hangup' })
    await service.deletion(job.room)
    const events = await readEvents(service.url, callId)
    expect(events.at(-1)?.event).toMatchObject({ type: 'call-ended', reason: 'caller-hangup' })
    await agent.close()
    await service.close()
  })

  it('goes on with a call of a process before it, and answers its open turn once', async () => {
    const hanging: StreamTurn = async function* (_turn, { signal }) {
      await aborted(signal)
      yield finished
    }
    const first = await startTestService({ redisUrl: redis.url, streamTurn: hanging })
    const { agent, job, callId } = await joinCall(first.url)
    agent.send({ type: 'call-status', status: 'active' })
    const turnSeq = agent.send(turn('turn-1', 'a room please'))
    await agent.next('ack', ({ upTo }) => upTo >= turnSeq)
    await first.close()
    expect(await agent.closed).toBe(1012)
    expect(first.deleted).toEqual([])

    const second = await startTestService({ redisUrl: redis.url })
    const back = await connectAgent(second.url, { first: turnSeq + 1 })
    back.sendRaw(JSON.stringify({ ...hello(job, { resumeFrom: 1 }), seq: 1, at: 1 }))
    expect(await back.next('say')).toMatchObject({ text: 'You said: a room please', seq: 2 })
    const call = await second.call(callId)
    expect(call).toMatchObject({ state: 'active', turns: [{ turnId: 'turn-1' }] })
    await back.close()
    await second.close()
  })
})

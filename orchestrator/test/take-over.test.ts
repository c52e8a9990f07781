import type { OrchestratorMessageOf } from '@trunkline/contracts'
import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { rebuildRecord } from '../src/calls/apply-event.ts'
import { connectAgent, hello, type Job, joinCall, type TestAgent, turn } from './support/agent.ts'
import { readEvents } from './support/events.ts'
import { aborted, finished, type StreamTurn, startTestService } from './support/service.ts'
import { testLine } from './support/test-line.ts'

const sentences = ['One.', 'Two.', 'Three.']

/** Counts, and goes on behind what was said; after `until` sentences it hangs for ever, like a process that dies. */
const counting = (until: number): StreamTurn =>
  async function* ({ progress = [] }, { signal }) {
    for (const text of sentences.slice(progress.length, until)) yield { type: 'sentence', text }
    if (until < sentences.length) await aborted(signal)
    signal.throwIfAborted()
    yield finished
  }

const saysOf = (agent: TestAgent): OrchestratorMessageOf<'say'>[] =>
  agent.received.flatMap((message) => (message.type === 'say' ? [message] : []))
const textsOf = (agent: TestAgent) => saysOf(agent).map(({ text }) => text)

/** The same job on another connection: it goes on where it was. */
async function reconnect(url: string, job: Job, { resumeFrom, sent }: Record<string, number>) {
  const agent = await connectAgent(url, { first: (sent ?? 0) + 1 })
  agent.sendRaw(JSON.stringify({ ...hello(job, { resumeFrom: resumeFrom ?? 0 }), seq: 1, at: 1 }))
  return agent
}

describe('a call that changes hands', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  const start = (streamTurn: StreamTurn, redisUrl = redis.url) =>
    startTestService({ redisUrl, streamTurn })

  it('goes on after the last sentence stored, each said once and on record once', async () => {
    const first = await start(counting(2))
    const second = await start(counting(3))
    const { agent, job, callId } = await joinCall(first.url)
    agent.send({ type: 'call-status', status: 'active' })
    const sent = agent.send(turn('turn-1', 'count'))
    const two = await agent.next('say', ({ index }) => index === 1)
    await agent.next('ack', ({ upTo }) => upTo >= sent)
    // The first process lives on and does not know that its agent has gone elsewhere.
    const moved = await reconnect(second.url, job, { resumeFrom: two.seq, sent })
    await moved.next('turn-finished')
    expect(textsOf(agent)).toEqual(['One.', 'Two.'])
    expect(textsOf(moved)).toEqual(['Three.'])
    expect(second.turns[0]?.progress).toEqual([
      { kind: 'agent', text: 'One.' },
      { kind: 'agent', text: 'Two.' },
    ])
    await agent.closed // let go of at once
    const events = await readEvents(second.url, callId, {
      until: ({ type }) => type === 'turn-finished',
    })
    const said = events.flatMap(({ event }) => (event.type === 'say' ? [event.index] : []))
    expect(said).toEqual([0, 1, 2])
    expect(events.filter(({ type }) => type === 'turn-received')).toHaveLength(1)
    expect(events.map(({ type }) => type)).toContain('orchestrator-changed')
    expect(first.deleted).toEqual([])
    await moved.close()
  })

  it('says again what was stored and not received', async () => {
    const first = await start(counting(2))
    const second = await start(counting(3))
    const { agent, job } = await joinCall(first.url)
    const sent = agent.send(turn('turn-1', 'count'))
    const one = await agent.next('say')
    await agent.next('say', ({ index }) => index === 1)
    // As if the second sentence had been lost on its way.
    const moved = await reconnect(second.url, job, { resumeFrom: one.seq, sent })
    await moved.next('turn-finished')
    expect(saysOf(moved).map(({ index, text }) => [index, text])).toEqual([
      [1, 'Two.'],
      [2, 'Three.'],
    ])
    await moved.close()
  })

  it('stops the old process’s turn: it says, does and writes nothing any more', async () => {
    let goOn = () => {}
    let isStopped = false
    const slow: StreamTurn = async function* (_turn, { signal }) {
      await new Promise<void>((resolve) => {
        goOn = resolve
        signal.addEventListener('abort', () => {
          isStopped = true
          resolve()
        })
      })
      yield { type: 'sentence', text: 'Far too late.' }
      yield finished
    }
    const first = await start(slow)
    const second = await start(counting(3))
    const { agent, job, callId } = await joinCall(first.url)
    const sent = agent.send(turn('turn-1', 'count'))
    await agent.next('ack', ({ upTo }) => upTo >= sent)
    await agent.kill()
    const moved = await reconnect(second.url, job, { resumeFrom: 1, sent })
    await moved.next('turn-finished')
    await expect.poll(() => isStopped).toBe(true)
    goOn()
    expect(textsOf(moved)).toEqual(sentences)
    const metrics = async () => (await (await first.get('/metrics')).text()).split('\n')
    await expect.poll(metrics).toContain('calls_active 0')
    const { turns } = await second.call(callId)
    expect(turns).toMatchObject([{ state: 'finished', reply: 'One. Two. Three.' }])
    await moved.close()
  })

  it('gives a new job what it needs, repeats what was not played and finishes the turn', async () => {
    const first = await start(counting(2))
    const second = await start(counting(3))
    const { agent, job, callId } = await joinCall(first.url)
    agent.send({ type: 'call-status', status: 'active' })
    agent.send({ type: 'heard', turnId: 'greeting', text: 'Hello.', interrupted: false })
    agent.send(turn('turn-1', 'count'))
    await agent.next('say', ({ index }) => index === 1)
    agent.send({ type: 'say-started', turnId: 'turn-1', index: 0 })
    agent.send({ type: 'say-finished', turnId: 'turn-1', index: 0, playedMs: 300 })
    const last = agent.send({ type: 'say-started', turnId: 'turn-1', index: 1 })
    await agent.next('ack', ({ upTo }) => upTo >= last)
    await agent.kill()
    const { agent: newer, welcome } = await joinCall(second.url, { ...job, jobId: 'AJ_newer' })
    expect(welcome).toMatchObject({ callId, epoch: 2 })
    expect(welcome.resume).toEqual({
      active: true,
      history: [
        { role: 'agent', text: 'Hello.' },
        { role: 'caller', text: 'count' },
        { role: 'agent', text: 'One. Two.' },
      ],
      expect: 'free',
      turn: { turnId: 'turn-1', lastIndexPlayed: 0 },
      turnsSeen: 1,
      actions: [],
    })
    await newer.next('turn-finished')
    expect(saysOf(newer).map(({ index, text }) => [index, text])).toEqual([
      [1, 'Two.'],
      [2, 'Three.'],
    ])
    await newer.close()
  })

  it('goes on in the same process when only the job is new', async () => {
    let release = () => {}
    const pausing: StreamTurn = async function* () {
      yield { type: 'sentence', text: 'One.' }
      await new Promise<void>((resolve) => {
        release = resolve
      })
      yield { type: 'sentence', text: 'Two.' }
      yield finished
    }
    const service = await start(pausing)
    const { agent, job } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    agent.send(turn('turn-1', 'count'))
    await agent.next('say')
    await agent.kill()
    const { agent: newer, welcome } = await joinCall(service.url, { ...job, jobId: 'AJ_next' })
    expect(welcome.resume?.turn).toEqual({ turnId: 'turn-1', lastIndexPlayed: -1 })
    release()
    await newer.next('turn-finished')
    expect(textsOf(newer)).toEqual(['One.', 'Two.'])
    expect(service.turns).toHaveLength(1)
    await newer.close()
  })

  it('repeats an open hang-up, and ends the call once it is answered', async () => {
    const goodbye: StreamTurn = async function* () {
      yield { type: 'sentence', text: 'Goodbye.' }
      yield { type: 'end-call', reason: 'done' }
      yield finished
    }
    const first = await start(goodbye)
    const second = await start(goodbye)
    const { agent, job, callId } = await joinCall(first.url)
    agent.send({ type: 'call-status', status: 'active' })
    const sent = agent.send(turn('turn-1', 'bye'))
    await agent.next('action')
    await agent.kill()
    const moved = await reconnect(second.url, job, { resumeFrom: 1, sent })
    const { actionId, action } = await moved.next('action')
    expect(textsOf(moved)).toEqual(['Goodbye.'])
    expect(action).toEqual({ kind: 'hangup', reason: 'agent-goodbye' })
    moved.send({ type: 'action-result', actionId, ok: true })
    await second.deletion(job.room)
    const events = await readEvents(second.url, callId)
    expect(events.filter(({ type }) => type === 'call-ending')).toHaveLength(1)
    expect(events.at(-1)?.event).toMatchObject({ type: 'call-ended', reason: 'agent-goodbye' })
    expect(second.turns).toHaveLength(0)
    await moved.close()
  })

  it('has stored each sentence before it is sent', async () => {
    const service = await start(counting(3))
    const client = new Redis(redis.url)
    onTestFinished(() => client.disconnect())
    const { agent, callId } = await joinCall(service.url)
    agent.send(turn('turn-1', 'count'))
    for (const [index, text] of sentences.entries()) {
      await agent.next('say', (say) => say.index === index)
      const rows = await client.xrange(`call:${callId}:events`, '-', '+')
      expect(rows.some(([, [, json]]) => json?.includes(`"text":"${text}"`))).toBe(true)
    }
    await agent.close()
  })

  it('hands over everything when it is stopped: state, open turn and number of messages', async () => {
    const first = await start(counting(1))
    const second = await start(counting(3))
    const { agent, job, callId } = await joinCall(first.url)
    agent.send({ type: 'call-status', status: 'active' })
    const sent = agent.send(turn('turn-1', 'count'))
    const one = await agent.next('say')
    await first.close()
    expect(await agent.closed).toBe(1012)
    const moved = await reconnect(second.url, job, { resumeFrom: one.seq, sent })
    await moved.next('turn-finished')
    expect(textsOf(moved)).toEqual(['Two.', 'Three.'])
    const { state, turns } = await second.call(callId)
    expect({ state, turns: turns.length }).toEqual({ state: 'active', turns: 1 })
    await moved.close()
  })

  it('ends with its record whole when its line is gone where it comes to', async () => {
    const first = await start(counting(3))
    const others = { ...testLine, id: 'other', numbers: ['200'] }
    const second = await startTestService({ redisUrl: redis.url, line: others })
    const { agent, job, callId } = await joinCall(first.url)
    agent.send({ type: 'call-status', status: 'active' })
    agent.send(turn('turn-1', 'count'))
    await agent.next('turn-finished')
    const last = agent.send({ type: 'speech-start' })
    await agent.next('ack', ({ upTo }) => upTo >= last)
    const before = await first.call(callId)
    await agent.kill()
    const moved = await connectAgent(second.url)
    moved.send(hello({ ...job, jobId: 'AJ_newer' }))
    expect(await moved.next('error')).toMatchObject({ code: 'unknown-line', retryable: false })
    await second.deletion(job.room)
    const { endedAt, ...after } = await second.call(callId)
    expect(after).toMatchObject({ state: 'failed', endReason: 'unknown-line' })
    const { line, createdAt, greeting, activeAt, turns } = before
    expect(after).toMatchObject({ line, createdAt, greeting, activeAt, turns })
    expect(endedAt).toBeGreaterThan(createdAt)
  })

  it('writes a call back into a Redis that came back empty, and its stream rebuilds it', async () => {
    const own = await startRedis()
    onTestFinished(() => own.stop())
    const service = await start(counting(3), own.url)
    const { agent, callId } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    agent.send(turn('turn-1', 'count'))
    await agent.next('turn-finished')
    await own.kill()
    const again = await startRedis({ port: own.port })
    onTestFinished(() => again.stop())
    const client = new Redis(again.url)
    onTestFinished(() => client.disconnect())
    await expect.poll(() => client.exists(`call:${callId}`), { timeout: 10_000 }).toBe(1)
    agent.send(turn('turn-2', 'count'))
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-2')
    const events = await readEvents(service.url, callId, {
      until: ({ event }) => event.type === 'turn-finished' && event.turnId === 'turn-2',
    })
    expect(events[0]?.type).toBe('call-restored')
    const rebuilt = rebuildRecord(
      callId,
      events.map(({ event }) => event),
    )
    expect(rebuilt).toEqual(await service.call(callId))
    expect(rebuilt?.turns.map(({ turnId }) => turnId)).toEqual(['turn-1', 'turn-2'])
    const lease = await client.hgetall(`call:${callId}:lease`)
    expect(lease).toMatchObject({ epoch: '1' })
    expect(Number(lease['token'])).toBeGreaterThan(0)
    await agent.close()
  })
})

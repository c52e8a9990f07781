import { epochNow } from '@trunkline/runtime'
import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rebuildRecord } from '../src/calls/apply-event.ts'
import { joinCall, turn } from './support/agent.ts'
import { readEvents } from './support/events.ts'
import type { StreamTurn } from './support/service.ts'
import { finished, startTestService } from './support/service.ts'
import { testLine } from './support/test-line.ts'

describe('a whole call over the channel', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  const goodbye: StreamTurn = async function* () {
    yield { type: 'first-token', model: 'test-model', ttftMs: 5 }
    const call = { toolCallId: 'c1', name: 'end_call', arguments: { reason: 'done' } }
    yield { type: 'sentence', text: 'Thank you.' }
    yield { type: 'tool-called', ...call }
    yield { type: 'tool-finished', toolCallId: 'c1', name: 'end_call', ok: true, result: {} }
    yield { type: 'sentence', text: 'Goodbye.' }
    yield { type: 'end-call', reason: 'done' }
    yield finished
  }

  it('goes from hello to the deleted room, and its events rebuild its state', async () => {
    const service = await startTestService({ redisUrl: redis.url, streamTurn: goodbye })
    const { agent, welcome, job, callId } = await joinCall(service.url)
    expect(welcome).toMatchObject({
      epoch: 1,
      line: { id: 'harbour-hotel' },
      greeting: { text: testLine.languages.en?.greeting, language: 'en' },
      limits: { callSeconds: 600, silenceSeconds: 60 },
    })
    agent.send({
      ...{ type: 'call-started', direction: 'inbound', participant: 'sip_1', called: '100' },
      sip: { callId: 'SCL_1' },
    })
    agent.send({ type: 'call-status', status: 'ringing' })
    agent.send({ type: 'call-status', status: 'active' })
    agent.send({ type: 'say-started', turnId: 'greeting', index: 0 })
    agent.send({ type: 'say-finished', turnId: 'greeting', index: 0, playedMs: 900 })
    agent.send({ type: 'heard', turnId: 'greeting', text: 'Hello.', interrupted: false })
    agent.send({ type: 'speech-start' })
    agent.send({ type: 'transcript-interim', text: 'no thank', language: 'en' })
    agent.send({ type: 'speech-end' })
    agent.send({
      ...{ type: 'transcript-final', text: 'no thank you', language: 'en', confidence: 0.9 },
      asrFinalMs: 120,
    })
    agent.send(turn('turn-1', 'no thank you'))
    const first = await agent.next('say')
    expect(first).toMatchObject({ turnId: 'turn-1', index: 0, text: 'Thank you.', kind: 'reply' })
    await agent.next('turn-finished')
    const { actionId, action } = await agent.next('action')
    expect(action).toEqual({ kind: 'hangup', reason: 'agent-goodbye' })
    expect(service.deleted).toEqual([]) // the goodbye is still being played

    agent.send({ type: 'say-started', turnId: 'turn-1', index: 0 })
    agent.send({
      ...{ type: 'stats', turnId: 'turn-1', ttsMs: 40, agentMs: 15 },
      firstSampleAt: epochNow(),
      marks: {
        ...{ 'speech-ended': 100, 'endpoint-decided': 500, 'turn-sent': 501 },
        ...{ 'say-received': 3501, 'first-pcm': 3541, 'first-frame': 3556 },
      },
    })
    agent.send({ type: 'heard', turnId: 'turn-1', text: 'Thank you. Goodbye.', interrupted: false })
    agent.send({ type: 'action-result', actionId, ok: true })
    await service.deletion(job.room)
    agent.send({ type: 'call-ended', reason: 'room-deleted' })

    const events = await readEvents(service.url, callId)
    expect(events.at(-1)).toMatchObject({
      type: 'call-ended',
      event: { type: 'call-ended', reason: 'agent-goodbye' },
    })
    const record = await service.call(callId)
    expect(record).toMatchObject({
      ...{
        state: 'ended',
        endReason: 'agent-goodbye',
        sipCallId: 'SCL_1',
        greetingHeard: 'Hello.',
      },
      turns: [
        {
          ...{ state: 'finished', reply: 'Thank you. Goodbye.', heard: 'Thank you. Goodbye.' },
          tools: [{ name: 'end_call', ok: true, arguments: { reason: 'done' } }],
          waterfall: { asrFinalMs: 120, endpointingMs: 400, ttsMs: 40, wait: { wholeMs: 3561 } },
        },
      ],
    })
    const { parts = [] } = record.turns[0]?.waterfall?.wait ?? {}
    expect(parts.map(({ part }) => part)).toContain('llm-first-clause')
    expect(parts.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(3561, 6)
    expect(
      rebuildRecord(
        callId,
        events.map(({ event }) => event),
      ),
    ).toEqual(record)
    await agent.close()
    await service.close()
  })

  it('leaves no key without a TTL, and none beyond the line’s retention', async () => {
    const service = await startTestService({ redisUrl: redis.url, streamTurn: goodbye })
    const { agent, job } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    agent.send(turn('turn-1', 'goodbye'))
    const { actionId } = await agent.next('action')
    agent.send({ type: 'action-result', actionId, ok: true })
    await service.deletion(job.room)
    await agent.close()
    await service.close() // waits for what is still to be written
    const client = new Redis(redis.url)
    const keys = await client.keys('*')
    expect(keys.length).toBeGreaterThanOrEqual(5)
    for (const key of keys) {
      const ttl = await client.ttl(key)
      // How many calls there were is counted over an hour; nothing of a call but its id is in there.
      const maxTtl = key.startsWith('limits:') ? 3600 : testLine.retention.liveSeconds
      expect({ key, isBounded: ttl > 0 && ttl <= maxTtl }).toEqual({
        key,
        isBounded: true,
      })
    }
    client.disconnect()
  })
})

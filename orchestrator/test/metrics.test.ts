import { needs, parsePrometheus, startRedis, sumOf, type TestRedis } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { until } from './records/until.ts'
import { joinCall, turn } from './support/agent.ts'
import { readEvents } from './support/events.ts'
import { finished, type StreamTurn, startTestService, type TestService } from './support/service.ts'

const contentType = 'text/plain; version=0.0.4; charset=utf-8'

/** Fails once, then answers, then says goodbye. */
const script: StreamTurn = async function* (asked) {
  if (asked.text === 'fail') throw Object.assign(new Error('no model'), { code: 'unavailable' })
  yield { type: 'sentence', text: asked.text === 'bye' ? 'Goodbye.' : 'Yes.' }
  if (asked.text === 'bye') yield { type: 'end-call', reason: 'done' }
  yield { ...finished, usage: { promptTokens: 1000, completionTokens: 10, totalTokens: 1010 } }
}

describe('the metrics of an orchestrator', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  const scrape = async (service: TestService) => {
    const response = await fetch(new URL('/metrics', service.url))
    expect(response.headers.get('content-type')).toBe(contentType)
    return parsePrometheus(await response.text())
  }

  it('count every event, request and error of a call, and no more', async () => {
    const service = await startTestService({ redisUrl: redis.url, streamTurn: script })
    const before = await scrape(service)
    expect(sumOf(before, 'call_events_total')).toBe(0)
    const { agent, job, callId } = await joinCall(service.url)
    agent.send({ type: 'call-started', direction: 'inbound', participant: 'sip_1', called: '100' })
    agent.send({ type: 'call-status', status: 'active' })
    await until(async () => sumOf(await scrape(service), 'calls_active') === 1)
    agent.send(turn('turn-1', 'fail'))
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-1')
    agent.send(turn('turn-2', 'ask'))
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-2')
    agent.send({ type: 'say-started', turnId: 'turn-2', index: 0 })
    agent.send({
      ...{ type: 'stats', turnId: 'turn-2', ttsMs: 40, agentMs: 15, asrFinalMs: 120 },
      firstSampleAt: Date.now(),
    })
    agent.send(turn('turn-3', 'bye'))
    const { actionId } = await agent.next('action', ({ action }) => action.kind === 'hangup')
    agent.send({ type: 'action-result', actionId, ok: true })
    await service.deletion(job.room)
    const events = await readEvents(service.url, callId)
    await agent.close()
    const after = await scrape(service)
    const counted = Object.fromEntries(
      (after.get('call_events_total')?.samples ?? [])
        .filter(({ value }) => value > 0)
        .map(({ labels, value }) => [labels['event_type'], value]),
    )
    const expected: Record<string, number> = {}
    for (const { type } of events) expected[type] = (expected[type] ?? 0) + 1
    expect(counted).toEqual(expected)
    const requests = (status: string) => sumOf(after, 'voice_gateway_requests_total', { status })
    expect([requests('success'), requests('error'), requests('cancelled')]).toEqual([2, 1, 0])
    expect(sumOf(after, 'calls_total')).toBe(1)
    expect(sumOf(after, 'calls_total', { end_reason: 'agent-goodbye' })).toBe(1)
    expect(sumOf(after, 'calls_active')).toBe(0)
    const stages = ['asr', 'tts', 'e2e'].map((stage) => `voice_gateway_${stage}_latency_seconds`)
    for (const stage of stages) {
      const samples = after.get(stage)?.samples ?? []
      expect({
        stage,
        count: samples.find(({ name }) => name === `${stage}_count`)?.value,
      }).toEqual({ stage, count: 1 })
    }
    // A scrape names no call, number or room.
    const labels = [...after.values()].flatMap(({ samples }) =>
      samples.flatMap((sample) => Object.values(sample.labels)),
    )
    for (const secret of [callId, job.room, job.roomSid, job.jobId])
      expect(labels).not.toContain(secret)
    await service.close()
  })
})

import { needs, type OtlpReceiver, startOtlpReceiver } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgentWorld, startAgentWorld } from './agent-world.ts'
import { callRoom, espeak } from './room-caller.ts'
import { welcome } from './scripted-orchestrator.ts'

const timeoutMs = 90_000
const reply = 'We have one room left.'

describe('the trace of a call', needs(['livekit-server', 'redis', 'espeak-ng']), () => {
  let receiver: OtlpReceiver
  let world: AgentWorld

  beforeAll(async () => {
    receiver = await startOtlpReceiver()
    world = await startAgentWorld(
      (message, orchestrator) => {
        if (message.type === 'hello') orchestrator.say(welcome)
        if (message.type !== 'turn') return
        const { turnId } = message
        const say = { type: 'say', turnId, index: 0, text: reply, language: 'en' } as const
        orchestrator.say({ ...say, voice: '', kind: 'reply', interruptible: true, last: true })
        orchestrator.say({ type: 'turn-finished', turnId })
      },
      { env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_SERVICE_NAME: 'agent' } },
    )
  }, timeoutMs)
  afterAll(async () => {
    await world?.close()
    await receiver?.close()
  }, timeoutMs)

  it(
    'is one, with its turn under the call and what the agent did under the turn',
    async () => {
      const options = { room: 'web_test_trace', identity: 'caller', agent: 'trunkline' }
      const token = await world.livekit.token({ ...options, metadata: '{"line":"test"}' })
      const caller = await callRoom({ url: world.livekit.url, token })
      await world.orchestrator.seen('heard', ({ turnId }) => turnId === 'greeting')
      world.asr.next('do you have a room')
      await caller.speak(espeak('Hello, do you have a room for two nights?'))
      const turnMessage = await world.orchestrator.seen('turn')
      await world.orchestrator.seen('heard', ({ turnId }) => turnId === 'turn-1')
      await world.livekit.deleteRoom(options.room)
      await world.orchestrator.seen('call-ended')
      await caller.hangUp()
      await expect
        .poll(() => receiver.spans.some(({ name }) => name === 'call'), { timeout: 20_000 })
        .toBe(true)

      const { spans, raw } = receiver
      const hello = await world.orchestrator.seen('hello')
      const [call] = spans.filter(({ name }) => name === 'call')
      expect(hello.traceparent).toBe(`00-${call?.traceId}-${call?.spanId}-01`)
      expect(call?.parentSpanId).toBe('')
      expect(new Set(spans.map(({ traceId }) => traceId))).toEqual(new Set([call?.traceId]))
      const [turn] = spans.filter(({ name }) => name === 'turn')
      expect(turnMessage.traceparent).toBe(`00-${turn?.traceId}-${turn?.spanId}-01`)
      expect(turn?.parentSpanId).toBe(call?.spanId)
      const children = spans.filter(({ parentSpanId }) => parentSpanId === turn?.spanId)
      expect(children.map(({ name }) => name).sort()).toEqual(['asr', 'playout', 'tts'])
      for (const { startAt, endAt } of children) expect(endAt).toBeGreaterThanOrEqual(startAt)
      expect(new Set(spans.map(({ service }) => service))).toEqual(new Set(['agent']))

      // Nothing that was said, and no library's span.
      for (const said of ['do you have', 'room left', 'lk.']) expect(raw.includes(said)).toBe(false)
    },
    timeoutMs,
  )
})

import { flushTraces, traceHeaders } from '@trunkline/telemetry'
import {
  needs,
  type OtlpReceiver,
  startOtlpReceiver,
  startRedis,
  type TestRedis,
} from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { joinCall, turn } from './support/agent.ts'
import { finished, startTestService } from './support/service.ts'

const traceId = '0af7651916cd43dd8448eb211c80319c'
const turnSpan = 'b7ad6b7169203331'

describe('the trace of a turn', needs(['redis']), () => {
  let redis: TestRedis
  let receiver: OtlpReceiver
  beforeAll(async () => {
    redis = await startRedis()
    receiver = await startOtlpReceiver()
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', receiver.url)
    await import('@trunkline/telemetry/register')
  })
  afterAll(async () => {
    vi.unstubAllEnvs()
    await redis?.stop()
    await receiver?.close()
  })

  it('goes on with its reply, and from there to the model', async () => {
    const asked: Record<string, string>[] = []
    const service = await startTestService({
      redisUrl: redis.url,
      async *streamTurn() {
        asked.push(traceHeaders())
        yield { type: 'sentence', text: 'We have one room left.' }
        yield finished
      },
    })
    const { agent } = await joinCall(service.url)
    const traceparent = `00-${traceId}-${turnSpan}-01`
    const spoken = turn('turn-1', 'a secret wish')
    agent.send(spoken.type === 'turn' ? { ...spoken, traceparent } : spoken)
    await agent.next('turn-finished')
    agent.send(turn('turn-2', 'not traced'))
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-2')
    await agent.close()
    await service.close()
    await flushTraces(5000)

    const [llm, ...more] = receiver.spans
    expect(more).toEqual([])
    expect(llm).toMatchObject({ name: 'llm', traceId, parentSpanId: turnSpan })
    expect(llm?.attributes).toMatchObject({ turnId: 'turn-1' })
    expect(asked).toEqual([{ traceparent: `00-${traceId}-${llm?.spanId}-01` }, {}])
    for (const said of ['secret wish', 'room left']) expect(receiver.raw.includes(said)).toBe(false)
  })
})

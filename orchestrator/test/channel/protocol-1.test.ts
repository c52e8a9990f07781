import { readFileSync } from 'node:fs'
import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { WebSocket } from 'ws'
import { z } from 'zod'
import { readEvents } from '../support/events.ts'
import { agentToken, finished, type StreamTurn, startTestService } from '../support/service.ts'
import { testLine } from '../support/test-line.ts'

const message = z.looseObject({ type: z.string(), seq: z.number().optional() })
const recording = z.object({
  protocol: z.literal(1),
  frames: z.array(z.object({ from: z.enum(['agent', 'orchestrator']), message })),
})
type Message = z.infer<typeof message>

const { frames } = recording.parse(
  JSON.parse(readFileSync(new URL('recorded/protocol-1.json', import.meta.url), 'utf8')),
)
const ofOrchestrator = frames.flatMap(({ from, message: sent }) =>
  from === 'orchestrator' && sent.type !== 'ack' ? [sent] : [],
)

/** What the model had said to each turn of the recorded call. */
const script: StreamTurn = async function* ({ turnId }) {
  for (const { type, turnId: of, text } of ofOrchestrator) {
    if (type === 'say' && of === turnId) yield { type: 'sentence', text: z.string().parse(text) }
  }
  if (turnId === 'turn-3') yield { type: 'end-call', reason: 'done' }
  yield finished
}

/** Agents of protocol 1 refuse every field they do not know. */
const shapeOf = (sent: Message) => {
  const { usage: _usage, ...rest } = sent // in the recording it came from a model that counts tokens
  return { type: sent.type, fields: Object.keys(rest).toSorted() }
}

describe('an agent of protocol 1', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  it('has its recorded call served in the order and the shape of then', async () => {
    const line = { ...testLine, numbers: ['+494066969100'] }
    const service = await startTestService({ redisUrl: redis.url, streamTurn: script, line })
    const socket = new WebSocket(`${service.url.replace(/^http/, 'ws')}/v1/channel`, {
      headers: { authorization: `Bearer ${agentToken}` },
    })
    const received: Message[] = []
    let wake = () => {}
    socket.on('message', (data) => {
      const parsed = message.parse(JSON.parse(data.toString()))
      if (parsed.type !== 'ack') received.push(parsed)
      wake()
    })
    await new Promise((resolve) => socket.once('open', resolve))
    let expected = 0
    for (const { from, message: recorded } of frames) {
      if (from === 'agent') {
        socket.send(JSON.stringify(recorded))
        continue
      }
      if (recorded.type === 'ack') continue
      expected += 1
      while (received.length < expected) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    }
    expect(received.map(shapeOf)).toEqual(ofOrchestrator.map(shapeOf))
    expect(received.map(({ seq }) => seq)).toEqual(ofOrchestrator.map(({ seq }) => seq))
    await service.deletion(z.string().parse(frames[0]?.message['room']))
    const callId = z.string().parse(received[0]?.['callId'])
    const events = await readEvents(service.url, callId)
    expect(events.at(-1)?.event).toMatchObject({ type: 'call-ended', reason: 'agent-goodbye' })
    expect((await service.call(callId)).turns.map(({ state }) => state)).toEqual([
      ...['cancelled', 'finished', 'finished'],
    ])
    socket.terminate()
  })
})

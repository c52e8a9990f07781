import type { OrchestratorMessageOf } from '@trunkline/contracts'
import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joinCall, turn } from '../support/agent.ts'
import { finished, type StreamTurn, startTestService } from '../support/service.ts'
import { testLine } from '../support/test-line.ts'

const endingLine = { ...testLine, tools: ['end_call' as const] }

const failing: StreamTurn = () => ({
  [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new Error('no model')) }),
})
const saying = (text: string): StreamTurn =>
  async function* () {
    yield { type: 'sentence', text }
    yield finished
  }

const isHangup = ({ action }: OrchestratorMessageOf<'action'>) => action.kind === 'hangup'

describe('a caller’s goodbye', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  async function answer(streamTurn: StreamTurn, text: string) {
    const service = await startTestService({ redisUrl: redis.url, streamTurn, line: endingLine })
    const { agent } = await joinCall(service.url)
    agent.send({ type: 'transcript-final', text, language: 'en', confidence: 0.9 })
    agent.send(turn('turn-1', text))
    await agent.next('turn-finished')
    agent.send(turn('turn-2', 'hello are you still there'))
    // A call that is ending takes no more turns: its hang-up comes instead of another say.
    const next = await Promise.race([
      agent.next('action', isHangup).then(({ action }) => action.kind),
      agent.next('say', ({ turnId }) => turnId === 'turn-2').then(() => 'another turn'),
    ])
    const says = agent.received.flatMap((message) => (message.type === 'say' ? [message.text] : []))
    const metrics = await (await service.get('/metrics')).text()
    await agent.close()
    await service.close()
    return { next, says, metrics }
  }

  it('ends the call though the model forgot to', async () => {
    const { next, says } = await answer(
      saying('You are welcome, goodbye.'),
      'no that’s all thanks bye',
    )
    expect(next).toBe('hangup')
    expect(says[0]).toBe('You are welcome, goodbye.')
  })

  it('does not end a call in which the agent has asked something', async () => {
    const { next } = await answer(saying('Shall I cancel it then?'), 'no that’s all thanks bye')
    expect(next).toBe('another turn')
  })

  it('does not end a call for a goodbye to something else', async () => {
    const { next } = await answer(saying('I see.'), 'goodbye to my money')
    expect(next).toBe('another turn')
  })

  it('is answered with a goodbye instead of an apology when no model answers', async () => {
    const { next, says } = await answer(failing, 'thank you goodbye')
    expect(next).toBe('hangup')
    expect(says[0]).toBe('Thank you for calling. Goodbye.')
  })

  it('is counted with every other intent by language', async () => {
    const { metrics } = await answer(saying('Bye.'), 'thank you goodbye')
    expect(metrics).toContain('caller_intents_total{intent="end_call",language="en"} 1')
  })
})

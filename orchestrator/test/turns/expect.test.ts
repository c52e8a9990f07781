import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callTool, type ModelServer, say, startModelServer } from '../dialogue/model-server.ts'
import { toolOf } from '../dialogue/test-dialogue.ts'
import { connectAgent, hello, newJob, turn } from '../support/agent.ts'
import { startTurns } from './test-turns.ts'

const pin = { maxDigits: 4, interDigitMs: 3000, interrupts: true, secret: true }
const askPin = toolOf('ask_pin', async () => ({
  ...{ ok: true, result: {}, awaits: { expect: 'digits', dtmf: pin } },
}))

describe('what the dialogue waits for', needs(['redis']), () => {
  let redis: TestRedis
  let model: ModelServer
  beforeAll(async () => {
    redis = await startRedis()
    model = await startModelServer([
      say('We have one. Shall I book it for you?'),
      say('What is your phone number?'),
      say('Thank you, all done.'),
      callTool('ask_pin'),
      say('One moment please.'),
    ])
  })
  afterAll(async () => {
    await model?.close()
    await redis?.stop()
  })

  it('reaches the agent before the sentence that asks, and stays for the next job', async () => {
    const call = await startTurns({ redisUrl: redis.url, modelUrl: model.url, tools: [askPin] })
    const { agent, service, callId, job } = call
    const ask = async (number: number) => {
      agent.send(turn(`turn-${number}`, 'go on'))
      await agent.next('turn-finished', ({ turnId }) => turnId === `turn-${number}`)
    }
    for (const number of [1, 2, 3, 4]) await ask(number)
    const outline = agent.received.flatMap((message) => {
      if (message.type === 'say') return [message.text]
      if (message.type !== 'action' || message.action.kind !== 'expect') return []
      const { expect: awaited, dtmf } = message.action
      return [`${awaited}${dtmf ? ` ${dtmf.maxDigits} keys` : ''}${dtmf?.secret ? ' secret' : ''}`]
    })
    expect(outline).toEqual([
      'We have one.',
      ...['yes-no', 'Shall I book it for you?'],
      ...['digits 20 keys', 'What is your phone number?'],
      ...['free', 'Thank you, all done.'],
      ...['digits 4 keys secret', 'One moment please.'],
    ])
    expect(await service.call(callId)).toMatchObject({ expect: 'digits', dtmf: pin })

    const next = await connectAgent(service.url)
    next.send(hello({ ...job, jobId: newJob().jobId }))
    const { resume } = await next.next('welcome')
    expect(resume).toMatchObject({ expect: 'digits', dtmf: pin })
  })
})

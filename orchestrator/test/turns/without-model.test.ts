import { type CallEvent, line as lineSchema } from '@trunkline/contracts'
import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { callTool, type ModelServer, say, startModelServer } from '../dialogue/model-server.ts'
import { toolOf } from '../dialogue/test-dialogue.ts'
import { type Draft, turn } from '../support/agent.ts'
import { testLine } from '../support/test-line.ts'
import { startTurns } from './test-turns.ts'

const menuLine = lineSchema.parse({
  ...testLine,
  tools: ['end_call'],
  keys: {
    1: { intent: 'booking' },
    2: { say: { en: 'We are in Harbour Street.' } },
    9: { intent: 'end_call' },
  },
})
const pin = { maxDigits: 4, interDigitMs: 3000, interrupts: true, secret: true }
const entry = (turnId: string, text: string, more: { secret?: boolean } = {}): Draft => ({
  ...{ type: 'turn', turnId, text, language: 'en', confidence: 1, source: 'dtmf' },
  ...{ endOfTurn: { reason: 'dtmf' }, ...more },
})

describe('a turn that needs no model', needs(['redis']), () => {
  let redis: TestRedis
  let model: ModelServer | undefined
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())
  const start = async (
    answers: Parameters<typeof startModelServer>[0],
    options: Partial<Parameters<typeof startTurns>[0]> = {},
  ) => {
    model = await startModelServer(answers)
    const call = await startTurns({ redisUrl: redis.url, modelUrl: model.url, ...options })
    return { ...call, model }
  }

  it('is answered at once when the caller asks whether we are there, with the open question', async () => {
    const { agent, model: asked } = await start([say('Shall I book it for you?')])
    agent.send(turn('turn-1', 'I need a room'))
    await agent.next('turn-finished')
    agent.send(turn('turn-2', 'Hello? Are you there?'))
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-2')
    const says = agent.received.filter((message) => message.type === 'say')
    // Only our own words may be kept: the model's question can hold the caller's name.
    expect(says.slice(1)).toMatchObject([
      { text: 'I am here, and I can hear you.', cacheable: true },
      { text: 'Shall I book it for you?' },
    ])
    expect(says[2]).not.toHaveProperty('cacheable')
    expect(asked.requests).toHaveLength(1)
    await asked.close()
  })

  it('does not stop a reply that is being made', async () => {
    const {
      agent,
      model: asked,
      texts,
      service,
      callId,
      handled,
    } = await start([
      async (response, seen) => {
        await new Promise<void>((resolve) => setTimeout(resolve, 300))
        await say('Here is the answer.')(response, seen)
      },
    ])
    agent.send(turn('turn-1', 'I need a room'))
    agent.send(turn('turn-2', 'Hello?'))
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-1')
    await handled()
    expect(texts()).toEqual(['Here is the answer.'])
    const states = (await service.call(callId)).turns.map(({ state }) => state)
    expect(states).toEqual(['finished', 'finished'])
    await asked.close()
  })

  it('is a menu’s key: words, a wish in words, or a goodbye', async () => {
    const { agent, model: asked, texts } = await start([say('For when?')], { line: menuLine })
    agent.send(entry('turn-1', '2'))
    await agent.next('turn-finished')
    expect(texts()).toEqual(['We are in Harbour Street.'])
    expect(asked.requests).toHaveLength(0)
    agent.send(entry('turn-2', '1'))
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-2')
    expect(asked.requests[0]?.body.messages.at(-1)?.content).toMatch('I would like to book a room.')
    agent.send(entry('turn-3', '9'))
    const { action } = await agent.next('action', ({ action: { kind } }) => kind === 'hangup')
    expect(action).toMatchObject({ reason: 'agent-goodbye' })
    await asked.close()
  })

  it('is for the model when it is an entry that no key means', async () => {
    const { agent, model: asked } = await start([say('Thank you.')], { line: menuLine })
    agent.send(entry('turn-1', '4711'))
    await agent.next('turn-finished')
    expect(asked.requests[0]?.body.messages.at(-1)?.content).toBe('4711')
    await asked.close()
  })

  it('ends the call of a machine, after it was asked for a human once', async () => {
    const { agent, model: asked, texts } = await start([say('How can I help?')])
    for (let number = 1; number <= 7; number += 1) {
      agent.send(turn(`turn-${number}`, 'All our agents are busy right now'))
      await agent.next('turn-finished', ({ turnId }) => turnId === `turn-${number}`)
    }
    const { action } = await agent.next('action', ({ action: { kind } }) => kind === 'hangup')
    expect(action).toMatchObject({ reason: 'bot-loop' })
    expect(texts().filter((text) => text.startsWith('It sounds as if'))).toHaveLength(1)
    expect(texts().at(-1)).toMatch(/^We are not getting any further/)
    await asked.close()
  })

  it('keeps a secret entry from model, record and events, and gives it to the tool', async () => {
    const seen: unknown[] = []
    const check = toolOf('check_pin', async ({ count }) => {
      seen.push(count)
      return { ok: true, result: { right: true } }
    })
    const askPin = toolOf('ask_pin', async () => ({
      ...{ ok: true, result: {}, awaits: { expect: 'digits', dtmf: pin } },
    }))
    const {
      agent,
      model: asked,
      service,
      callId,
      handled,
    } = await start(
      [
        callTool('ask_pin'),
        say('Please key in your PIN.'),
        callTool('check_pin', { count: '••••' }),
        say('That is right.'),
      ],
      { tools: [check, askPin] },
    )
    agent.send(turn('turn-1', 'My safe is locked'))
    await agent.next('turn-finished')
    for (const digit of '8642') agent.send({ type: 'dtmf', digit, secret: true })
    agent.send({ type: 'dtmf', digit: '7' }) // pressed before the agent knew that it is secret
    agent.send(entry('turn-2', '8642', { secret: true }))
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-2')
    expect(seen).toEqual([8642])
    expect(JSON.stringify(asked.requests)).not.toContain('8642')
    const call = await service.call(callId)
    expect(call.turns[1]).toMatchObject({ text: '••••', tools: [{ arguments: { count: '••••' } }] })
    agent.send(turn('turn-3', 'Thank you'))
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-3')
    const events: CallEvent[] = (await handled()).map(({ event }) => event)
    expect(JSON.stringify(events)).not.toContain('8642')
    const digits = events.flatMap((event) => (event.type === 'dtmf' ? [event.digit] : []))
    expect(digits).toEqual(['1']) // the mark of `handled`, when nothing was awaited any more
    await asked.close()
  })

  it('tells the model when a secret entry is lost, and calls no tool with its mask', async () => {
    const check = toolOf('check_pin', async () => ({ ok: true, result: {} }))
    const {
      agent,
      model: asked,
      service,
      callId,
    } = await start([callTool('check_pin', { count: '••••' }), say('Please enter it again.')], {
      tools: [check],
    })
    agent.send(turn('turn-1', 'I have entered it'))
    await agent.next('turn-finished')
    expect(asked.requests[1]?.body.messages.at(-1)?.content).toContain('entry_lost')
    expect((await service.call(callId)).turns[0]?.tools[0]).toMatchObject({ ok: false })
    await asked.close()
  })
})

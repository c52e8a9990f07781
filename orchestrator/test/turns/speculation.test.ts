import {
  askForSentences,
  needs,
  type ScriptedModel,
  startRedis,
  startScriptedModel,
  type TestRedis,
} from '@trunkline/testkit'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { until } from '../records/until.ts'
import { turn } from '../support/agent.ts'
import { testLine } from '../support/test-line.ts'
import { ahead, confirmed, startTurns } from './test-turns.ts'

const three = askForSentences(3, 'tango')

describe('a turn that is sent ahead', needs(['redis']), () => {
  let redis: TestRedis
  let model: ScriptedModel
  let answered: string[] = []
  beforeAll(async () => {
    redis = await startRedis()
    model = await startScriptedModel({ onAnswered: ({ label }) => answered.push(label) })
  })
  beforeEach(() => {
    answered = []
  })
  afterAll(async () => {
    await model?.close()
    await redis?.stop()
  })
  const start = (line = testLine) => startTurns({ redisUrl: redis.url, modelUrl: model.url, line })

  it('asks the model at once, and says and records nothing before it is confirmed', async () => {
    const { service, agent, callId, texts, handled, count } = await start()
    const before = model.requests
    agent.send(ahead('turn-1', three))
    await until(async () => answered.length === 1)
    await handled()
    expect(texts()).toEqual([])
    expect((await service.call(callId)).turns).toEqual([])

    agent.send({ type: 'turn-confirm', turnId: 'turn-1' })
    await agent.next('turn-finished')
    expect(texts()).toEqual([
      'Part alpha of tango is red.',
      'Part bravo of tango is red.',
      'Part charlie of tango is red.',
    ])
    expect(model.requests - before).toBe(1)
    expect((await service.call(callId)).turns).toMatchObject([{ text: three, state: 'finished' }])
    expect(await count()).toMatchObject({ confirmed: 1, wastedTokens: 0 })
  })
  it('tells in its waterfall what the caller was spared', async () => {
    const { service, agent, callId } = await start()
    agent.send(ahead('turn-1', three))
    await until(async () => answered.length === 1)
    agent.send(confirmed('turn-1', three))
    await agent.next('turn-finished')
    agent.send({ type: 'say-started', turnId: 'turn-1', index: 0 })
    const firstSampleAt = Date.now()
    agent.send({ type: 'stats', turnId: 'turn-1', ttsMs: 1, agentMs: 1, firstSampleAt })
    await until(async () => (await service.call(callId)).turns[0]?.waterfall !== undefined)
    const { waterfall } = (await service.call(callId)).turns[0] ?? {}
    expect(waterfall?.speculatedMs).toBeGreaterThan(0)
  })

  it('leaves nothing behind when the caller goes on, but what it has cost', async () => {
    const { service, agent, callId, texts, handled, count } = await start()
    agent.send(ahead('turn-1', three))
    await until(async () => answered.length === 1)
    agent.send({ type: 'turn-drop', turnId: 'turn-1' })
    agent.send(turn('turn-2', askForSentences(1, 'polka')))
    await agent.next('turn-finished')
    const events = (await handled()).map(({ event }) => event)
    expect(texts()).toEqual(['Part alpha of polka is red.'])
    expect((await service.call(callId)).turns.map(({ turnId }) => turnId)).toEqual(['turn-2'])
    expect(service.turns.at(-1)?.history).toEqual([{ kind: 'agent', text: 'Hello.' }])
    const counted = await count()
    expect(counted).toMatchObject({ dropped: 1 })
    expect(counted.wastedTokens).toBeGreaterThan(10)
    const booked = events.flatMap((event) => (event.type === 'usage' ? [event] : []))
    expect(booked.reduce((sum, { amount }) => sum + amount, 0)).toBe(counted.wastedTokens)
    expect(booked[0]).toMatchObject({ kind: 'llm', engine: 'scripted', turnId: 'turn-1' })
  })

  it('gives way to the turn that supersedes it, and so does a second one', async () => {
    const { service, agent, callId, texts, handled, count } = await start()
    const later = askForSentences(1, 'later')
    agent.send(ahead('turn-1', three))
    agent.send(ahead('turn-2', later, { supersedes: 'turn-1' }))
    agent.send(turn('turn-3', `${later} please`, { supersedes: 'turn-2' }))
    await agent.next('turn-finished')
    agent.send(confirmed('turn-2', later)) // crossed the newer turn on its way
    await handled()
    expect(texts()).toEqual([expect.stringMatching(/^Part alpha of later/)])
    const { turns } = await service.call(callId)
    expect(turns.map(({ turnId }) => turnId)).toEqual(['turn-3'])
    expect(await count()).toMatchObject({ superseded: 2 })
  })

  it('begins anew when it is confirmed with other words', async () => {
    const { agent, service, callId, texts, count } = await start()
    agent.send(ahead('turn-1', three))
    await until(async () => answered.length === 1)
    agent.send(confirmed('turn-1', askForSentences(1, 'other')))
    await agent.next('turn-finished')
    expect(texts()).toEqual(['Part alpha of other is red.'])
    expect((await service.call(callId)).turns).toMatchObject([{ text: 'say 1 other' }])
    expect(await count()).toMatchObject({ changed: 1 })
  })

  it('begins anew when less of the reply before it was heard than it knew', async () => {
    const { agent, service, texts, count } = await start()
    agent.send(turn('turn-1', askForSentences(1, 'first')))
    await agent.next('turn-finished')
    agent.send(ahead('turn-2', askForSentences(1, 'second')))
    await until(async () => answered.includes('second'))
    agent.send({ type: 'heard', turnId: 'turn-1', text: 'Part alpha', interrupted: true })
    agent.send({ type: 'turn-confirm', turnId: 'turn-2' })
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-2')
    expect(service.turns.at(-1)?.history).toContainEqual({ kind: 'agent', text: 'Part alpha' })
    expect(texts().filter((text) => text.includes('second'))).toHaveLength(1)
    expect(await count()).toMatchObject({ changed: 1 })
  })

  it('knows the turn before as it will be, so that it need not begin anew', async () => {
    const { agent, count } = await start()
    agent.send(turn('turn-1', askForSentences(1, 'first')))
    await agent.next('turn-finished')
    agent.send({ type: 'heard', turnId: 'turn-1', text: 'Part alpha of', interrupted: true })
    agent.send(ahead('turn-2', 'say 1 first say 1 more', { supersedes: 'turn-1' }))
    await until(async () => answered.includes('more'))
    agent.send({ type: 'turn-confirm', turnId: 'turn-2' })
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-2')
    expect(await count()).toMatchObject({ confirmed: 1 })
  })

  it('is begun twice for one turn at most, and then waits for its confirmation', async () => {
    const { agent, service, texts, handled, count } = await start()
    for (const number of [1, 2, 3]) {
      agent.send(ahead(`turn-${number}`, askForSentences(1, `try${'abc'[number] ?? 'z'}`)))
    }
    await handled()
    expect(await count()).toMatchObject({ superseded: 2, waited: 1 })
    expect(service.turns.map(({ turnId }) => turnId)).toEqual(['turn-1', 'turn-2'])
    agent.send({ type: 'turn-confirm', turnId: 'turn-3' })
    await agent.next('turn-finished')
    expect(texts()).toHaveLength(1)
    agent.send(ahead('turn-4', three)) // another turn may again
    await until(async () => answered.includes('tango'))
  })

  it('is not begun when the call has wasted its tokens', async () => {
    const turnTaking = { ...testLine.turnTaking, maxWastedTokens: 1 }
    const { agent, handled, count } = await start({ ...testLine, turnTaking })
    agent.send(ahead('turn-1', three))
    await until(async () => answered.length === 1)
    agent.send({ type: 'turn-drop', turnId: 'turn-1' })
    agent.send(ahead('turn-2', three))
    await handled()
    expect(await count()).toMatchObject({ dropped: 1, waited: 1 })
    agent.send(confirmed('turn-2', three))
    await agent.next('turn-finished')
  })

  it('runs once however often it is confirmed, and from its confirmation alone', async () => {
    const { agent, service, callId, texts, handled } = await start()
    agent.send(confirmed('turn-1', askForSentences(1, 'alone')))
    await agent.next('turn-finished')
    agent.send(confirmed('turn-1', askForSentences(1, 'alone')))
    agent.send({ type: 'turn-confirm', turnId: 'turn-7' }) // whose words nobody has
    await handled()
    expect(texts()).toEqual(['Part alpha of alone is red.'])
    expect((await service.call(callId)).turns).toHaveLength(1)
  })
})

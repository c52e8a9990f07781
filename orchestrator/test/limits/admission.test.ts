import { type EndReason, type Line, line as lineSchema } from '@trunkline/contracts'
import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { Redis } from 'ioredis'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createPrices } from '../../src/records/prices.ts'
import { connectAgent, hello, joinCall, turn } from '../support/agent.ts'
import { finished, startTestService, type TestService } from '../support/service.ts'
import { testLine } from '../support/test-line.ts'
import { eventually } from '../webhooks/test-webhooks.ts'

const withLimits = (limits: object, notices: object = {}): Line =>
  lineSchema.parse({
    ...testLine,
    limits: { ...testLine.limits, ...limits },
    languages: { en: { ...testLine.languages.en, notices } },
  })

type Joined = Awaited<ReturnType<typeof joinCall>>
const isRefused = ({ welcome }: Joined) => !welcome.greeting.interruptible

/** Plays the greeting and everything after it, until the room is deleted. */
async function hearOut(service: TestService, { agent, job }: Joined): Promise<string> {
  agent.send({ type: 'call-status', status: 'active' })
  agent.send({ type: 'say-started', turnId: 'greeting', index: 0 })
  const { actionId, action } = await agent.next('action')
  agent.send({ type: 'action-result', actionId, ok: true })
  await service.deletion(job.room)
  return action.kind === 'hangup' ? action.reason : ''
}

async function hangUp(service: TestService, { agent, job }: Joined): Promise<void> {
  agent.send({ type: 'call-ended', reason: 'caller-hangup' })
  await service.deletion(job.room)
}

/** A new call, as soon as one is taken: a slot is given back in the background. */
async function joinWhenFree(service: TestService): Promise<Joined> {
  return eventually(
    () => joinCall(service.url),
    (joined) => !isRefused(joined),
  )
}

describe('calls over a limit', needs(['redis']), () => {
  let redis: TestRedis
  let client: Redis
  beforeAll(async () => {
    redis = await startRedis()
    client = new Redis(redis.url)
  })
  beforeEach(() => client.flushall())
  afterEach(() => client.flushall())
  afterAll(async () => {
    client?.disconnect()
    await redis?.stop()
  })
  const start = (line: Line, more: Partial<Parameters<typeof startTestService>[0]> = {}) =>
    startTestService({ redisUrl: redis.url, line, ...more })

  it('are told so in the line’s words and ended, whichever replica they reach', async () => {
    const line = withLimits({ concurrentCalls: 2 }, { 'line-busy': 'Everybody is talking.' })
    const [one, two] = [await start(line), await start(line)]
    const first = await joinCall(one.url)
    const second = await joinCall(two.url)
    expect([isRefused(first), isRefused(second)]).toEqual([false, false])

    const third = await joinCall(two.url)
    expect(third.welcome.greeting).toMatchObject({
      ...{ text: 'Everybody is talking.', interruptible: false },
    })
    third.agent.send(turn('turn-1', 'let me in'))
    expect(await hearOut(two, third)).toBe('line-busy' satisfies EndReason)
    expect(third.agent.received.map(({ type }) => type)).not.toContain('say') // the turn is not answered
    expect(two.turns).toEqual([])
    expect(await two.call(third.callId)).toMatchObject({
      ...{ state: 'failed', endReason: 'line-busy', greeting: 'Everybody is talking.' },
    })
    const metrics = await (await two.get('/metrics')).text()
    expect(metrics).toContain('calls_refused_total{reason="line-busy"} 1')

    await hangUp(one, first)
    await joinWhenFree(two)
  })

  it('are counted once when another replica takes a call over, and no slot is lost by it', async () => {
    const line = withLimits({ concurrentCalls: 1 })
    const [one, two] = [await start(line), await start(line)]
    const { agent, job, callId } = await joinCall(one.url)
    await agent.kill()
    const again = await connectAgent(two.url)
    again.send(hello(job))
    await again.next('welcome').catch(() => undefined)
    await eventually(
      async () => (await two.call(callId)).state,
      (state) => state !== 'ended',
    )
    expect(isRefused(await joinCall(one.url))).toBe(true)
    again.send({ type: 'call-ended', reason: 'caller-hangup' })
    await two.deletion(job.room)
    await joinWhenFree(one)
    expect(isRefused(await joinCall(two.url))).toBe(true)
  })

  it('are refused when the hour has had its calls, by line and in all', async () => {
    const service = await start(withLimits({ callsPerHour: 2 }), { env: { MAX_CALLS: '10' } })
    for (let call = 0; call < 2; call += 1) await hangUp(service, await joinCall(service.url))
    const third = await joinCall(service.url)
    expect(third.welcome.greeting.text).toContain('more calls than we can take this hour')
    expect(await hearOut(service, third)).toBe('hourly-limit')
    const all = await start(testLine, { env: { MAX_CALLS_PER_HOUR: '2' } })
    expect(await hearOut(all, await joinCall(all.url))).toBe('hourly-limit')
  })

  it('are refused when all lines together have as many as are allowed', async () => {
    const service = await start(testLine, { env: { MAX_CALLS: '1' } })
    await joinCall(service.url)
    expect(await hearOut(service, await joinCall(service.url))).toBe('line-busy')
  })

  it('are ended when they have cost what a call may, with words of their own', async () => {
    const prices = createPrices({ tts: { default: { eurPerMillionCharacters: 10_000 } } })
    const line = withLimits({ costEur: 0.5, costEurPerDay: 0.6 })
    const service = await start(line, { overrides: { prices } })
    const first = await joinCall(service.url)
    first.agent.send({ type: 'call-status', status: 'active' })
    first.agent.send(turn('turn-1', 'x'.repeat(60))) // 71 characters of reply: 0.71 €
    const { text } = await first.agent.next('say', ({ kind }) => kind === 'prompt')
    expect(text).toContain('reached its limit')
    const { actionId, action } = await first.agent.next('action')
    expect(action).toEqual({ kind: 'hangup', reason: 'cost-limit' })
    first.agent.send({ type: 'action-result', actionId, ok: true })
    await service.deletion(first.job.room)

    // And that was the line's day, too.
    const refused = await eventually(() => joinCall(service.url), isRefused)
    expect(await hearOut(service, refused)).toBe('cost-limit')
  })

  it('are refused while the model is away, and taken again when it is back', async () => {
    let isAway = true
    const service = await start(testLine, {
      checkModel: async () =>
        isAway ? { ok: false, code: 'unavailable' } : { ok: true, isListed: true },
    })
    const refused = await eventually(() => joinCall(service.url), isRefused)
    expect(refused.welcome.greeting.text).toContain('assistant is not working')
    expect(await hearOut(service, refused)).toBe('llm-unavailable')
    isAway = false
    await joinWhenFree(service)
  })

  it('lose no call to a redis that is away while the telephone rings', async () => {
    const own = await startRedis()
    const service = await startTestService({ redisUrl: own.url })
    await own.stop()
    const joining = joinCall(service.url)
    const back = await startRedis({ port: own.port })
    try {
      const joined = await joining
      expect(isRefused(joined)).toBe(false)
      await hangUp(service, joined)
    } finally {
      await service.close()
      await back.stop()
    }
  })

  it('hear nothing but the reason: a caller who leaves before it has just left', async () => {
    const service = await start(testLine, {
      env: { MAX_CALLS: '1' },
      streamTurn: async function* () {
        yield finished
      },
    })
    await joinCall(service.url)
    const refused = await joinCall(service.url)
    await hangUp(service, refused)
    expect(await service.call(refused.callId)).toMatchObject({ endReason: 'caller-abandoned' })
  })
})

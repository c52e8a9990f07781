import { line as lineSchema } from '@trunkline/contracts'
import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joinCall, turn } from '../support/agent.ts'
import { readEvents } from '../support/events.ts'
import { startTestService } from '../support/service.ts'
import { act, transferLine } from './phone-world.ts'

const line = lineSchema.parse(transferLine)

describe('hold, keys and language', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  const begin = async () => {
    const service = await startTestService({ redisUrl: redis.url, line })
    const { agent, job, callId } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    await readEvents(service.url, callId, { until: ({ type }) => type === 'call-active' })
    /** An operator's action that the agent answers. */
    const agreed = async (action: object, kind: string, { ok = true } = {}) => {
      const answer = act(service.url, callId, action)
      const { actionId } = await agent.next(
        'action',
        (one) => one.action.kind === kind && !answered.has(one.actionId),
      )
      answered.add(actionId)
      agent.send({ type: 'action-result', actionId, ok })
      return { ...(await answer), actionId }
    }
    const answered = new Set<string>()
    return { service, agent, job, callId, agreed }
  }

  it('keep a caller waiting and take the call up again', async () => {
    const { service, agent, callId, agreed } = await begin()
    const held = await agreed({ action: 'hold' }, 'hold')
    expect(held).toMatchObject({ status: 200, body: { status: 'done' } })
    expect(await agent.next('say')).toMatchObject({ text: expect.stringContaining('One moment') })
    expect(await service.call(callId)).toMatchObject({ state: 'held', onHold: true })
    for (const action of [{ action: 'hold' }, { action: 'transfer', to: 'reception' }]) {
      expect(await act(service.url, callId, action)).toMatchObject({
        ...{ status: 409, body: { error: { state: 'held' } } },
      })
    }
    expect(await agreed({ action: 'unhold' }, 'unhold')).toMatchObject({ status: 200 })
    await agent.next('say', ({ text }) => text.includes('I am back'))
    expect(await service.call(callId)).toMatchObject({ state: 'active', onHold: false })
    expect(await act(service.url, callId, { action: 'unhold' })).toMatchObject({ status: 409 })
    await agent.close()
  })

  it('hold for every job that comes, until it is over', async () => {
    const { service, agent, job, agreed } = await begin()
    const { actionId } = await agreed({ action: 'hold' }, 'hold')
    await agent.kill()
    const { agent: next, welcome } = await joinCall(service.url, { ...job, jobId: 'AJ_hold' })
    expect(welcome.resume?.actions).toEqual([{ actionId, action: { kind: 'hold' } }])
    await next.close()
  })

  it('leave the caller where they are when the agent cannot hold', async () => {
    const { service, agent, callId, agreed } = await begin()
    expect(await agreed({ action: 'hold' }, 'hold', { ok: false })).toMatchObject({ status: 502 })
    expect(await service.call(callId)).toMatchObject({ state: 'active', onHold: false })
    await agent.close()
  })

  it('press keys, and confirm when the last has sounded', async () => {
    const { agent, agreed } = await begin()
    const pressed = await agreed({ action: 'send-dtmf', digits: '1,#' }, 'send-dtmf')
    expect(pressed).toMatchObject({ status: 200, body: { status: 'done' } })
    expect(await agent.next('action')).toMatchObject({ action: { digits: '1,#' } })
    await agent.close()
  })

  it('speak the language that an operator has set, whatever the recogniser hears', async () => {
    const { service, agent, callId, agreed } = await begin()
    expect(
      await act(service.url, callId, { action: 'set-language', language: 'it' }),
    ).toMatchObject({ status: 400 })
    const set = await agreed({ action: 'set-language', language: 'de-AT' }, 'set-language')
    expect(set).toMatchObject({ status: 200 })
    agent.send(turn('turn-1', 'Guten Tag'))
    expect(await agent.next('say')).toMatchObject({ language: 'de' })
    await agent.next('turn-finished')
    expect(service.turns[0]).toMatchObject({ language: 'de' })
    await agent.close()
  })
})

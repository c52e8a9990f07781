import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { joinCall, turn } from '../support/agent.ts'
import { readEvents } from '../support/events.ts'
import { operatorToken, startTestService } from '../support/service.ts'

describe('operators’ actions', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  const act = async (
    url: string,
    callId: string,
    action: object,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(`${url}/v1/calls/${callId}/actions`, {
      method: 'POST',
      headers: {
        ...{ authorization: `Bearer ${operatorToken}`, 'content-type': 'application/json' },
        ...headers,
      },
      body: JSON.stringify(action),
    })
    return { status: response.status, body: await response.json() }
  }
  const startActiveCall = async (url: string) => {
    const call = await joinCall(url)
    call.agent.send({ type: 'call-status', status: 'active' })
    await readEvents(url, call.callId, { until: ({ type }) => type === 'call-active' })
    return call
  }

  it('reach a call that another replica holds', async () => {
    const [holder, other] = [
      await startTestService({ redisUrl: redis.url }),
      await startTestService({ redisUrl: redis.url }),
    ]
    const { agent, callId } = await startActiveCall(holder.url)
    const said = await act(other.url, callId, { action: 'say', text: 'One moment.' })
    expect(said).toMatchObject({ status: 202, body: { action: 'say', status: 'accepted' } })
    expect(await agent.next('say')).toMatchObject({ text: 'One moment.', kind: 'prompt' })

    const muting = act(other.url, callId, { action: 'mute' })
    const { actionId } = await agent.next('action', ({ action }) => action.kind === 'mute')
    agent.send({ type: 'action-result', actionId, ok: true })
    expect(await muting).toMatchObject({ status: 200, body: { actionId, status: 'done' } })

    const failing = act(other.url, callId, { action: 'unmute' })
    const unmute = await agent.next('action', ({ action }) => action.kind === 'unmute')
    agent.send({ type: 'action-result', actionId: unmute.actionId, ok: false, code: 'busy' })
    expect(await failing).toMatchObject({ status: 502, body: { error: { code: 'agent-failed' } } })
    await agent.close()
  })

  it('are 503 while the replica that holds the call is away', async () => {
    const holder = await startTestService({ redisUrl: redis.url })
    const other = await startTestService({ redisUrl: redis.url })
    const { callId } = await startActiveCall(holder.url)
    await holder.close()
    const answer = await act(other.url, callId, { action: 'hangup' })
    expect(answer).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } })
  })

  it('happen once for each Idempotency-Key, at whichever replica', async () => {
    const [first, second] = [
      await startTestService({ redisUrl: redis.url }),
      await startTestService({ redisUrl: redis.url }),
    ]
    const { agent, callId } = await startActiveCall(first.url)
    const key = { 'idempotency-key': 'the-same' }
    const action = { action: 'say', text: 'Only once.' }
    const answers = [
      await act(first.url, callId, action, key),
      await act(second.url, callId, action, key),
    ]
    expect(answers[1]).toEqual(answers[0])
    const changed = await act(second.url, callId, { ...action, text: 'Twice.' }, key)
    expect(changed).toMatchObject({ status: 422, body: { error: { code: 'key-reused' } } })
    const bad = await act(first.url, callId, action, { 'idempotency-key': 'x'.repeat(201) })
    expect(bad).toMatchObject({ status: 400 })
    await act(first.url, callId, { action: 'say', text: 'The end.' })
    await agent.next('say', ({ text }) => text === 'The end.')
    const texts = agent.received.flatMap((one) => (one.type === 'say' ? [one.text] : []))
    expect(texts).toEqual(['Only once.', 'The end.'])
    await agent.close()
  })

  it('whisper to the next reply alone, and answer nothing while the agent is muted', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const { agent, callId } = await startActiveCall(service.url)
    await act(service.url, callId, { action: 'whisper', text: 'Offer a late check-out.' })
    agent.send(turn('turn-1', 'hello'))
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-1')
    agent.send(turn('turn-2', 'and now?'))
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-2')
    expect(service.turns[0]?.hints?.join()).toContain('Offer a late check-out.')
    expect(service.turns[1]?.hints).toEqual([])

    const muting = act(service.url, callId, { action: 'take-over' })
    const { actionId } = await agent.next('action')
    agent.send({ type: 'action-result', actionId, ok: true })
    expect(await muting).toMatchObject({
      body: { join: { room: expect.stringContaining('call_') } },
    })
    agent.send(turn('turn-3', 'is a human there?'))
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-3')
    expect(service.turns).toHaveLength(2)
    const { turns } = await service.call(callId)
    expect(turns.at(-1)).toMatchObject({ text: 'is a human there?', reply: '', state: 'finished' })
    await agent.close()
  })

  it('whisper to the next reply of the model, not to one of fixed words', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const { agent, callId } = await startActiveCall(service.url)
    await act(service.url, callId, { action: 'whisper', text: 'Offer a late check-out.' })
    agent.send(turn('turn-1', 'Hello? Are you there?'))
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-1')
    expect(service.turns).toHaveLength(0)
    for (const turnId of ['turn-2', 'turn-3']) {
      agent.send(turn(turnId, 'when do I have to leave?'))
      await agent.next('turn-finished', (finished) => finished.turnId === turnId)
    }
    expect(service.turns[0]?.hints?.join()).toContain('Offer a late check-out.')
    expect(service.turns[1]?.hints).toEqual([])
    await agent.close()
  })

  it('mute every job that comes while a human has the call', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const { agent, job, callId } = await startActiveCall(service.url)
    const takingOver = act(service.url, callId, { action: 'take-over' })
    const { actionId } = await agent.next('action')
    agent.send({ type: 'action-result', actionId, ok: true })
    await takingOver
    await agent.kill()
    const { agent: newer, welcome } = await joinCall(service.url, { ...job, jobId: 'AJ_muted' })
    const mute = { actionId, action: { kind: 'mute' } }
    expect(welcome.resume?.actions).toEqual([mute])
    expect(await newer.next('action')).toMatchObject(mute)
    const unmuting = act(service.url, callId, { action: 'unmute' })
    const unmute = await newer.next('action', ({ action }) => action.kind === 'unmute')
    newer.send({ type: 'action-result', actionId: unmute.actionId, ok: true })
    await unmuting
    await newer.kill()
    const last = await joinCall(service.url, { ...job, jobId: 'AJ_speaks' })
    expect(last.welcome.resume?.actions).toEqual([])
    await last.agent.close()
  })
})

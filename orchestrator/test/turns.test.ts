import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { askAgain } from '../src/limits/ask-again.ts'
import { joinCall, turn } from './support/agent.ts'
import { readEvents } from './support/events.ts'
import { aborted, finished, type StreamTurn, startTestService } from './support/service.ts'
import { testLine } from './support/test-line.ts'

describe('turns', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  /** Says one sentence and, of a first turn, another one late: after its signal has aborted. */
  const lateTalker: StreamTurn = async function* (asked, { signal }) {
    yield { type: 'sentence', text: `Re: ${asked.text}` }
    if (asked.text === 'first') {
      await aborted(signal)
      yield { type: 'sentence', text: 'Too late.' }
    }
    yield finished
  }

  it('sends nothing of a turn after its cancel, and history keeps only what was heard', async () => {
    const service = await startTestService({ redisUrl: redis.url, streamTurn: lateTalker })
    const { agent, callId } = await joinCall(service.url)
    agent.send({ type: 'heard', turnId: 'greeting', text: 'Hello, this', interrupted: true })
    agent.send(turn('turn-1', 'first'))
    await agent.next('say')
    agent.send({ type: 'cancel', turnId: 'turn-1' })
    agent.send({ type: 'heard', turnId: 'turn-1', text: 'Re:', interrupted: true })
    agent.send(turn('turn-2', 'second'))
    await agent.next('say', ({ turnId }) => turnId === 'turn-2')
    await agent.next('turn-finished')
    const says = agent.received.flatMap((message) => (message.type === 'say' ? [message.text] : []))
    expect(says).toEqual(['Re: first', 'Re: second'])
    expect(service.turns[1]?.history).toEqual([
      { kind: 'agent', text: 'Hello, this' },
      { kind: 'caller', text: 'first' },
      { kind: 'agent', text: 'Re:' },
    ])
    const call = await service.call(callId)
    expect(call.turns).toMatchObject([
      { state: 'cancelled', interrupted: true, heard: 'Re:' },
      { state: 'finished' },
    ])
    await agent.close()
    await service.close()
  })

  it('replaces a superseded turn, whose words the new one carries', async () => {
    const service = await startTestService({ redisUrl: redis.url, streamTurn: lateTalker })
    const { agent, callId } = await joinCall(service.url)
    agent.send(turn('turn-1', 'first'))
    await agent.next('say')
    agent.send(turn('turn-2', 'first and more', { supersedes: 'turn-1' }))
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-2')
    const finishedTurns = agent.received.filter(({ type }) => type === 'turn-finished')
    expect(finishedTurns).toHaveLength(1)
    expect(service.turns[1]?.history).toEqual([
      { kind: 'agent', text: testLine.languages.en?.greeting },
    ])
    const call = await service.call(callId)
    expect(call.turns.map(({ state }) => state)).toEqual(['superseded', 'finished'])
    await agent.close()
    await service.close()
  })

  it('asks the caller again for what was answered without a voice', async () => {
    const service = await startTestService({ redisUrl: redis.url })
    const { agent } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    for (const count of [1, 2]) {
      const turnId = `turn-${count}`
      agent.send(turn(turnId, 'a room'))
      const { index } = await agent.next('say', (say) => say.turnId === turnId)
      await agent.next('turn-finished', (finish) => finish.turnId === turnId)
      agent.send({ type: 'say-finished', turnId, index, playedMs: 0 })
      agent.send({ type: 'heard', turnId, text: '', interrupted: false })
      const asked = await agent.next('say', (say) => say.turnId === `ask-again-${count}`)
      expect(asked).toMatchObject({ kind: 'prompt', text: askAgain('en'), last: true })
      // Where that has no voice either, it is not asked for ever.
      agent.send({ type: 'heard', turnId: asked.turnId, text: '', interrupted: false })
    }
    const says = agent.received.filter(({ type }) => type === 'say')
    expect(says).toHaveLength(4)
    await agent.close()
    await service.close()
  })

  it('apologises when the model fails, and hangs up when it fails again', async () => {
    // biome-ignore lint/correctness/useYield: a model that is down says nothing
    const broken: StreamTurn = async function* () {
      throw Object.assign(new Error('down'), { code: 'unavailable' })
    }
    const service = await startTestService({ redisUrl: redis.url, streamTurn: broken })
    const { agent, job, callId } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    agent.send(turn('turn-1', 'one'))
    const apology = await agent.next('say')
    expect(apology).toMatchObject({
      ...{ kind: 'prompt', text: testLine.languages.en?.apology, last: true },
      interruptible: true,
    })
    await agent.next('turn-finished')
    agent.send(turn('turn-2', 'two'))
    const { actionId, action } = await agent.next('action')
    expect(action).toMatchObject({ kind: 'hangup', reason: 'agent-error' })
    // Its last words are heard out: a caller who asks "hello?" would cut them off.
    const lastWords = await agent.next('say', ({ turnId }) => turnId === 'turn-2')
    expect(lastWords).toMatchObject({ kind: 'prompt', interruptible: false })
    agent.send({ type: 'action-result', actionId, ok: true })
    await service.deletion(job.room)
    const events = await readEvents(service.url, callId)
    expect(events.map(({ type }) => type)).toContain('turn-failed')
    const call = await service.call(callId)
    expect(call).toMatchObject({ state: 'failed', endReason: 'agent-error' })
    await agent.close()
    await service.close()
  })

  it('waits for an effect of the interrupted turn, so that the next reply knows of it', async () => {
    const booking: StreamTurn = async function* (asked, { signal }) {
      if (asked.turnId === 'turn-1') {
        const call = { toolCallId: 'c1', name: 'create_reservation' }
        yield { type: 'tool-called', ...call, arguments: { room_type: 'double' } }
        await aborted(signal)
        yield { type: 'tool-finished', ...call, ok: true, result: { number: 'HH-1' } }
        signal.throwIfAborted()
      }
      yield { type: 'sentence', text: 'Done.' }
      yield finished
    }
    const service = await startTestService({ redisUrl: redis.url, streamTurn: booking })
    const { agent } = await joinCall(service.url)
    agent.send({ type: 'heard', turnId: 'greeting', text: '', interrupted: true })
    agent.send(turn('turn-1', 'book it'))
    agent.send({ type: 'cancel', turnId: 'turn-1' })
    agent.send(turn('turn-2', 'hello?'))
    await agent.next('say')
    expect(service.turns[1]?.history).toEqual([
      { kind: 'caller', text: 'book it' },
      {
        ...{ kind: 'tool', toolCallId: 'c1', name: 'create_reservation', ok: true },
        ...{ arguments: { room_type: 'double' }, result: { number: 'HH-1' } },
      },
    ])
    await agent.close()
    await service.close()
  })

  it('says goodbye and hangs up when the caller stays silent', async () => {
    // Shorter than a line file may say, so that the test need not wait.
    const limits = { ...testLine.limits, silenceSeconds: 0.3 }
    const service = await startTestService({ redisUrl: redis.url, line: { ...testLine, limits } })
    const { agent, job } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    expect(await agent.next('say')).toMatchObject({ kind: 'prompt', turnId: 'prompt-silence' })
    const { actionId, action } = await agent.next('action')
    expect(action).toMatchObject({ reason: 'silence' })
    agent.send({ type: 'action-result', actionId, ok: true })
    await service.deletion(job.room)
    await agent.close()
    await service.close()
  })

  it('asks a caller who says nothing again, in other words each time, before it hangs up', async () => {
    const limits = { ...testLine.limits, silenceSeconds: 1.8 }
    const service = await startTestService({ redisUrl: redis.url, line: { ...testLine, limits } })
    const { agent } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    await agent.next('action', ({ action }) => action.kind === 'hangup')
    const says = agent.received.flatMap((message) => (message.type === 'say' ? [message] : []))
    expect(says.map(({ turnId }) => turnId)).toEqual(['reprompt-1', 'reprompt-2', 'prompt-silence'])
    expect(new Set(says.map(({ text }) => text)).size).toBe(3)
    await agent.close()
    await service.close()
  })

  it('parts with a caller who plays music to it, for a reason of its own', async () => {
    const limits = { ...testLine.limits, holdSeconds: 0.3 }
    const service = await startTestService({ redisUrl: redis.url, line: { ...testLine, limits } })
    const { agent } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    agent.send({ type: 'caller-audio', state: 'music', sinceMs: 100 })
    const { action } = await agent.next('action')
    expect(action).toMatchObject({ kind: 'hangup', reason: 'caller-hold' })
    expect(await agent.next('say')).toMatchObject({ turnId: 'prompt-caller-hold' })
    await agent.close()
    await service.close()
  })
})

import { join } from 'node:path'
import { createLogger } from '@trunkline/telemetry'
import { needs, parsePrometheus, startRedis, sumOf, type TestRedis } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { toCorrection } from '../src/claims/corrections.ts'
import { createService, readConfig } from '../src/service.ts'
import { type Answer, callTool, say, startModelServer } from './dialogue/model-server.ts'
import { newDataDir } from './records/test-records.ts'
import { joinCall, newJob, turn } from './support/agent.ts'
import {
  aborted,
  agentToken,
  finished,
  livekitKey,
  livekitSecret,
  operatorToken,
  startTestService,
} from './support/service.ts'

const dayMs = 86_400_000
const dateOf = (day: number) => new Date(Date.now() + day * dayMs).toISOString().slice(0, 10)
const booking = {
  ...{ room_type: 'double', check_in: dateOf(20), check_out: dateOf(22) },
  guest_name: 'Carla Cruz',
}
const notBooked = toCorrection('booking-made', 'en')

describe('a claim of the model', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  /** The orchestrator as it is run, with a model that says what it is told to and a livekit-server that is not there. */
  const start = async (answers: readonly Answer[]) => {
    const model = await startModelServer(answers)
    onTestFinished(() => model.close())
    const config = readConfig({
      ...{ LOG_LEVEL: 'silent', ORCHESTRATOR_PORT: '0', REDIS_URL: redis.url },
      ...{ LIVEKIT_API_KEY: livekitKey, LIVEKIT_API_SECRET: livekitSecret },
      ...{ AGENT_TOKEN: agentToken, OPERATOR_TOKEN: operatorToken },
      ...{ LLM_SERVICE_URL: model.url, LLM_MODEL: 'scripted', DATA_DIR: await newDataDir() },
      LINES_DIR: join(import.meta.dirname, '../../lines'),
    })
    const service = await createService(config, {
      logger: createLogger('orchestrator', { level: 'silent' }),
      rooms: {
        delete: async () => {},
        list: async () => [],
        has: async () => true,
        participants: async () => [],
        removeParticipant: async () => {},
        endSipCall: async () => false,
        noteSipLeg() {},
        sweepJobKeys: async () => 0,
        close() {},
      },
    })
    onTestFinished(() => service.close())
    const { agent } = await joinCall(service.url, newJob())
    let turns = 0
    /** What the agent was sent in answer to a turn. */
    const ask = async (text: string) => {
      turns += 1
      const turnId = `turn-${turns}`
      agent.send(turn(turnId, text))
      await agent.next('turn-finished', (finished) => finished.turnId === turnId)
      return agent.received.flatMap((message) =>
        message.type === 'say' && message.turnId === turnId ? [message] : [],
      )
    }
    const replaced = async () => {
      const response = await fetch(new URL('/metrics', service.url))
      const families = parsePrometheus(await response.text())
      return sumOf(families, 'claims_replaced_total')
    }
    return { agent, model, ask, replaced }
  }

  it('without a booking never leaves, keeps the line open, and is not in the history', async () => {
    const { agent, model, ask, replaced } = await start([
      callTool('end_call', {}, 'I have booked the room. Your number is 12345. Goodbye!'),
      say('What is your name?'),
    ])
    const said = await ask('Yes, please, and goodbye.')
    expect(said).toMatchObject([{ text: notBooked, cacheable: true, kind: 'reply' }])
    expect(await replaced()).toBe(1)
    const actions = agent.received.flatMap((message) =>
      message.type === 'action' ? [message.action] : [],
    )
    expect(actions).toEqual([{ kind: 'expect', expect: 'yes-no' }])

    await ask('Yes.')
    const told = JSON.stringify(model.requests.at(-1)?.body.messages.slice(1))
    expect(told).toContain(notBooked)
    expect(told).not.toMatch(/I have booked|12345/)
  })

  it('is spoken when the desk has the booking, and in later turns', async () => {
    const { ask, replaced } = await start([
      callTool('get_reservation', { reservation_number: '4711' }),
      say('Your booking is confirmed.'),
      callTool('create_reservation', booking),
      say('I have booked the double room for you.'),
      say('Your room is booked.'),
    ])
    const texts = async (text: string) => (await ask(text)).map((sentence) => sentence.text)
    expect(await texts('Is 4711 all right?')).toEqual(['Your booking is confirmed.'])
    expect(await texts('One more, please.')).toEqual(['I have booked the double room for you.'])
    expect(await texts('Is it really booked?')).toEqual(['Your room is booked.'])
    expect(await replaced()).toBe(0)
  })

  it('that was put right by a process that died does not end the call with a goodbye', async () => {
    const died = await startTestService({
      redisUrl: redis.url,
      async *streamTurn(_asked, { signal }) {
        yield { type: 'sentence', text: notBooked, isFixed: true }
        await aborted(signal)
        signal.throwIfAborted()
      },
    })
    const next = await startTestService({
      redisUrl: redis.url,
      async *streamTurn({ progress = [] }) {
        if (progress.length === 0) yield { type: 'sentence', text: 'I am here.' }
        yield finished
      },
    })
    const { agent, job } = await joinCall(died.url)
    agent.send({ type: 'call-status', status: 'active' })
    const sent = agent.send(turn('turn-1', 'Thank you, goodbye.'))
    await agent.next('say', ({ turnId }) => turnId === 'turn-1')
    await agent.next('ack', ({ upTo }) => upTo >= sent)
    const { agent: moved } = await joinCall(next.url, { ...job, jobId: newJob().jobId })
    await moved.next('turn-finished')
    moved.send(turn('turn-2', 'hello are you still there'))
    // A call that is ending takes no more turns: its hang-up would come instead of another say.
    const came = await Promise.race([
      moved.next('action', ({ action }) => action.kind === 'hangup').then(() => 'hangup'),
      moved.next('say', ({ turnId }) => turnId === 'turn-2').then(() => 'another turn'),
    ])
    expect(came).toBe('another turn')
  })
})

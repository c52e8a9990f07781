import { dispose } from '@livekit/rtc-node'
import { type Line, line as lineSchema } from '@trunkline/contracts'
import type { Refer } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { turn } from '../support/agent.ts'
import type { TestService } from '../support/service.ts'
import {
  act,
  eventsUntil,
  type PhoneWorld,
  startPhoneWorld,
  startScriptedJob,
  transferLine,
} from './phone-world.ts'

type Settings = Pick<NonNullable<Line['transfer']>, 'default' | 'queue'>

const withTransfer = (settings: Settings, limits: Partial<Line['limits']> = {}): Line =>
  lineSchema.parse({
    ...transferLine,
    transfer: { ...transferLine.transfer, ...settings },
    limits: { ...transferLine.limits, ...limits },
  })

describe('calls that somebody else has to take', needs(['redis', 'livekit-server', 'sip']), () => {
  let world: PhoneWorld
  beforeAll(async () => {
    world = await startPhoneWorld()
  }, 60_000)
  afterAll(async () => {
    await world?.close()
    await dispose()
  })

  const begin = async (service: TestService, statuses: number[]) => {
    const answered = await world.dial()
    const asked: Refer[] = []
    answered.call.subscribe((event) => {
      if (event.type !== 'refer') return
      asked.push(event.refer)
      const { notify } = event.refer.accept()
      setTimeout(() => notify(statuses.shift() ?? 486, 'as the test wants'), 100)
    })
    const job = await startScriptedJob(service.url, answered)
    return { ...answered, ...job, asked }
  }
  /** A caller hears the greeting that `welcome` has brought. */
  const greet = ({ agent }: Awaited<ReturnType<typeof begin>>) => {
    agent.send({ type: 'say-started', turnId: 'greeting', index: 0 })
    agent.send({ type: 'heard', turnId: 'greeting', text: 'as welcomed', interrupted: false })
  }

  it.each<[string, number, string]>([
    ['takes it', 200, 'transferred'],
    ['is busy, is told why', 486, 'line-busy'],
  ])(
    'one for whom there is no room is sent to the default target, and when that %s',
    async (_name, status, endReason) => {
      const line = withTransfer({ default: 'reception' }, { whenFull: 'transfer' })
      const service = await world.startService({ line, env: { MAX_CALLS: '1' } })
      const first = await begin(service, [])
      const second = await begin(service, [status])
      expect(await second.agent.next('welcome')).toMatchObject({
        greeting: { text: expect.stringContaining('putting you through'), interruptible: false },
      })
      greet(second)
      await eventsUntil(service.url, second.callId, 'call-ended')
      expect(second.asked).toHaveLength(1)
      expect(await service.call(second.callId)).toMatchObject({ endReason })
      expect(second.said.join()).toMatch(status === 200 ? /^$/ : /busy at the moment.*Goodbye/)
      await first.call.hangup()
      await eventsUntil(service.url, first.callId, 'call-ended')
    },
    30_000,
  )

  it('a call whose model has failed for good is put through', async () => {
    const line = withTransfer({ default: 'reception' })
    const service = await world.startService({
      line,
      // biome-ignore lint/correctness/useYield: it fails before it has said anything
      async *streamTurn() {
        throw new Error('no model')
      },
    })
    const { agent, callId, said } = await begin(service, [200])
    agent.send(turn('turn-1', 'a room please'))
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-1')
    agent.send(turn('turn-2', 'a double room please'))
    await eventsUntil(service.url, callId, 'call-ended')
    expect(said.at(-1)).toMatch(/putting you through/)
    expect(await service.call(callId)).toMatchObject({ endReason: 'transferred' })
  }, 30_000)

  it('callers wait for a busy target with music, in the order in which they came', async () => {
    const line = withTransfer({ queue: { maxWaitSeconds: 60, retrySeconds: 2 } })
    const service = await world.startService({ line })
    const first = await begin(service, [486, 486, 200])
    const second = await begin(service, [200])
    const gone = await begin(service, [])
    const wait = async ({ callId, said, done }: typeof first, place: RegExp) => {
      await act(service.url, callId, { action: 'transfer', to: 'reception' })
      await expect.poll(() => said.at(-1), { timeout: 10_000 }).toMatch(place)
      expect(done).toContain('hold')
    }
    await wait(first, /number one/)
    await wait(gone, /number two/)
    await wait(second, /number three/)
    await gone.call.hangup()
    await expect.poll(() => second.said.join(), { timeout: 15_000 }).toMatch(/number two/)
    await eventsUntil(service.url, first.callId, 'call-bridged')
    expect(second.asked).toHaveLength(0)
    await eventsUntil(service.url, second.callId, 'call-bridged')
    expect([first, second, gone].map(({ asked }) => asked.length)).toEqual([3, 1, 0])
    for (const { callId } of [first, second]) {
      await eventsUntil(service.url, callId, 'call-ended')
      expect(await service.call(callId)).toMatchObject({ endReason: 'transferred' })
    }
    expect(await service.call(gone.callId)).toMatchObject({ endReason: 'caller-hangup' })
  }, 60_000)

  it('who has waited as long as the line allows is told so', async () => {
    const line = withTransfer({ queue: { maxWaitSeconds: 10, retrySeconds: 60 } })
    const service = await world.startService({ line })
    const { call, callId, said, done } = await begin(service, [486])
    await act(service.url, callId, { action: 'transfer', to: 'reception' })
    const failed = (await eventsUntil(service.url, callId, 'transfer-failed')).at(-1)?.event
    expect(failed).toMatchObject({ code: 'queue-timeout' })
    await expect.poll(() => said.at(-1)).toMatch(/waited long enough/)
    expect(done).toEqual(['hold', 'unhold'])
    await call.hangup()
  }, 40_000)
})

import { setTimeout as sleep } from 'node:timers/promises'
import { dispose } from '@livekit/rtc-node'
import { inBackground } from '@trunkline/runtime'
import { type Call, concatPcm, type IncomingCall } from '@trunkline/telephony'
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
} from './phone-world.ts'

/** Who sounds which note, in hertz: so it can be told who hears whom. */
const notes = { music: 440, caller: 700, brief: 1000, colleague: 1300 } as const
type Note = keyof typeof notes
const noteNames: readonly Note[] = ['music', 'caller', 'brief', 'colleague']

/** Which notes a telephone received in a stretch of time (epoch ms), room and buffers allowed for. */
function heardBy({ recording }: Call, { from, to }: { from: number; to: number }): Note[] {
  const frames = recording.received.filter(({ at }) => at >= from + 300 && at <= to)
  const pcm = concatPcm(frames.map((frame) => frame.pcm))
  return noteNames.filter((note) => amplitude(pcm, notes[note]) > 300)
}

/** Amplitude of one frequency in audio at 8 kHz. */
function amplitude(pcm: Int16Array, hertz: number): number {
  let [re, im] = [0, 0]
  for (const [index, sample] of pcm.entries()) {
    const angle = (2 * Math.PI * hertz * index) / 8000
    re += sample * Math.cos(angle)
    im += sample * Math.sin(angle)
  }
  return (2 * Math.hypot(re, im)) / Math.max(1, pcm.length)
}

function sound(call: Call, hertz: number): void {
  const samples = Int16Array.from({ length: 8000 * 60 }, (_, index) =>
    Math.round(6000 * Math.sin((2 * Math.PI * hertz * index) / 8000)),
  )
  call.play(samples).catch(() => {}) // the call ends before
}

describe('a warm transfer', needs(['redis', 'livekit-server', 'sip']), () => {
  let world: PhoneWorld
  beforeAll(async () => {
    world = await startPhoneWorld()
  }, 60_000)
  afterAll(async () => {
    await world?.close()
    await dispose()
  })

  const begin = async (service: TestService, onColleague: (incoming: IncomingCall) => void) => {
    world.onColleague(onColleague)
    const answered = await world.dial()
    const job = await startScriptedJob(service.url, answered)
    await eventsUntil(service.url, job.callId, 'call-active')
    return { ...answered, ...job }
  }
  const transfer = (service: TestService, callId: string) =>
    act(service.url, callId, { action: 'transfer', to: 'manager' })

  it('tells the colleague alone what it is about, joins the two, and ends when one of them leaves', async () => {
    const service = await world.startService()
    let colleague: Call | undefined
    const { agent, call, callId, tone, done, askedAt, said } = await begin(service, (incoming) => {
      incoming.ring()
      const pickUp = async () => {
        await sleep(500)
        colleague = await incoming.accept({ record: true })
        sound(colleague, notes.colleague)
      }
      inBackground(pickUp(), { onError: () => {} }) // the test misses the colleague then
    })
    sound(call, notes.caller)
    agent.send(turn('turn-1', 'the shower is broken'))
    await agent.next('turn-finished')
    await tone(notes.music, 'agent-hold')
    expect(await transfer(service, callId)).toMatchObject({ status: 202 })
    const events = await eventsUntil(service.url, callId, 'call-bridged')
    if (!colleague) throw new Error('the colleague was not called')
    const stageAt = (stage: string) =>
      events.find(({ event }) => event.type === 'transfer-stage' && event.stage === stage)?.event
        .at ?? 0
    const brief = agent.received.find((one) => one.type === 'action' && one.action.kind === 'brief')
    expect(JSON.stringify(brief)).toContain('the shower is broken')
    expect(said.at(-1)).toMatch(/A colleague is on the line/)

    // Its track sounds from the consultation on; nothing is said in it before the agent is asked to.
    const briefing = { from: askedAt['brief'] ?? 0, to: stageAt('joining') }
    expect(heardBy(call, briefing)).toEqual(['music'])
    expect(heardBy(colleague, briefing)).toEqual(['brief'])

    await agent.closed
    expect(done).toEqual(['hold', 'consult', 'brief', 'unhold', 'bridge'])
    const from = Date.now()
    await sleep(1500)
    const joined = { from, to: Date.now() }
    expect(heardBy(call, joined)).toEqual(['colleague'])
    expect(heardBy(colleague, joined)).toEqual(['caller'])
    expect(await service.call(callId)).toMatchObject({ state: 'bridged' })

    await colleague.hangup()
    await eventsUntil(service.url, callId, 'call-ended')
    expect(await service.call(callId)).toMatchObject({ state: 'ended', endReason: 'transferred' })
    expect(await call.ended).toMatchObject({ by: 'remote' })
  }, 30_000)

  it.each<[string, (incoming: IncomingCall) => void, string]>([
    ['is busy', (incoming) => incoming.reject(486), 'busy'],
    ['declines', (incoming) => incoming.reject(603), 'declined'],
    ['does not answer', (incoming) => incoming.ring(), 'no-answer'],
    [
      'hangs up at once',
      (incoming) => void incoming.accept().then((taken) => sleep(300).then(() => taken.hangup())),
      'declined',
    ],
  ])(
    'to one who %s goes back to the caller, who is told',
    async (_name, onColleague, code) => {
      const service = await world.startService()
      const { call, callId, done, said, room } = await begin(service, onColleague)
      await transfer(service, callId)
      const failed = (await eventsUntil(service.url, callId, 'transfer-failed')).at(-1)?.event
      expect(failed).toMatchObject({ code })
      await expect.poll(() => said.at(-1)).toMatch(/I am still here for you/)
      expect(done.at(-1)).toBe('unhold')
      expect(await service.call(callId)).toMatchObject({ state: 'active', onHold: false })
      const there = await world.rooms.listParticipants(room.name ?? '')
      expect(there.filter(({ identity }) => identity.startsWith('colleague-'))).toEqual([])
      await call.hangup()
      await eventsUntil(service.url, callId, 'call-ended')
      expect(await service.call(callId)).toMatchObject({ endReason: 'caller-hangup' })
    },
    40_000,
  )

  it('is called off by a caller who hangs up while it rings', async () => {
    const service = await world.startService()
    let incoming: IncomingCall | undefined
    const { call, callId } = await begin(service, (one) => {
      incoming = one
      one.ring()
      setTimeout(() => void call.hangup(), 300)
    })
    await transfer(service, callId)
    await eventsUntil(service.url, callId, 'call-ended')
    expect(await service.call(callId)).toMatchObject({ endReason: 'caller-hangup' })
    await expect.poll(() => incoming?.over.aborted, { timeout: 10_000 }).toBe(true)
  }, 30_000)
})

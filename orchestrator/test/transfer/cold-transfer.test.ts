import { setTimeout as sleep } from 'node:timers/promises'
import { dispose } from '@livekit/rtc-node'
import type { CallEvent } from '@trunkline/contracts'
import type { Refer } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { effects } from '../../src/database/schema.ts'
import { turn } from '../support/agent.ts'
import type { TestService } from '../support/service.ts'
import {
  type AnsweredCall,
  act,
  eventsUntil,
  type PhoneWorld,
  startPhoneWorld,
  startScriptedJob,
} from './phone-world.ts'

/** What the caller's carrier does when it is asked to call someone else. */
type Carrier = (refer: Refer, call: AnsweredCall['call']) => void

const notifies =
  (status: number): Carrier =>
  (refer) => {
    const { notify } = refer.accept()
    setTimeout(() => notify(status, 'as the test wants'), 300)
  }

describe('a cold transfer', needs(['redis', 'livekit-server', 'sip']), () => {
  let world: PhoneWorld
  beforeAll(async () => {
    world = await startPhoneWorld()
  }, 60_000)
  afterAll(async () => {
    await world?.close()
    await dispose()
  })

  const begin = async (service: TestService, carrier: Carrier) => {
    const answered = await world.dial()
    const asked: string[] = []
    answered.call.subscribe((event) => {
      if (event.type !== 'refer') return
      asked.push(event.refer.target)
      carrier(event.refer, answered.call)
    })
    const job = await startScriptedJob(service.url, answered)
    await eventsUntil(service.url, job.callId, 'call-active')
    return { ...answered, ...job, asked }
  }
  const ledger = async (callId: string) => {
    const { client } = world.database.database
    const { state, result } = effects
    return await client.select({ state, result }).from(effects).where(eq(effects.callId, callId))
  }
  const transfer = (service: TestService, callId: string, to = 'reception') =>
    act(service.url, callId, { action: 'transfer', to })

  it('is announced, done, and ends the call as transferred', async () => {
    const service = await world.startService()
    const { callId, call, asked, said } = await begin(service, notifies(200))
    expect(await transfer(service, callId)).toMatchObject({ status: 202 })
    expect(await call.ended).toMatchObject({ by: 'remote', code: 'hangup' })
    const events = await eventsUntil(service.url, callId, 'call-ended')
    expect(asked).toEqual(['tel:+4940123456'])
    expect(said).toEqual(['One moment, please. I am putting you through.'])
    expect(events.map(({ type }) => type)).toEqual(
      expect.arrayContaining(['call-transferring', 'transfer-stage', 'call-bridged']),
    )
    // Nothing is asked of the carrier before the caller has heard of it.
    const order = events.map(({ event }) =>
      event.type === 'transfer-stage' ? event.stage : event.type,
    )
    expect(order.indexOf('heard')).toBeLessThan(order.indexOf('dialling'))
    expect(await service.call(callId)).toMatchObject({ state: 'ended', endReason: 'transferred' })
    expect(await ledger(callId)).toEqual([{ state: 'committed', result: { outcome: 'done' } }])
  })

  it('is one though the carrier hangs up a moment after its 200, and the ledger is slow', async () => {
    const service = await world.startService()
    let isLedgerFree = Promise.resolve()
    const { callId } = await begin(service, (refer, call) => {
      const { notify } = refer.accept()
      // PGlite has one connection: nothing is written while it is held.
      isLedgerFree = world.database.database.client.transaction(async () => sleep(2000))
      setTimeout(() => notify(200, 'OK'), 300)
      setTimeout(() => void call.hangup(), 500)
    })
    await transfer(service, callId)
    await eventsUntil(service.url, callId, 'call-ended')
    expect(await service.call(callId)).toMatchObject({ state: 'ended', endReason: 'transferred' })
    await isLedgerFree
    const known = [{ state: 'committed', result: { outcome: 'done' } }]
    await expect.poll(() => ledger(callId)).toEqual(known)
  })

  it.each<[string, Carrier, string, RegExp]>([
    ['486', notifies(486), 'busy', /busy/],
    ['603', notifies(603), 'declined', /nobody can take/],
    ['408', notifies(408), 'no-answer', /nobody answers/],
    ['404', notifies(404), 'unreachable', /could not put you through/],
    ['a 403 at once', (refer) => refer.reject(403), 'refused', /could not put you through/],
    ['no word', (refer) => void refer.accept(), 'unknown', /could not put you through/],
  ])(
    'that comes back with %s tells the caller why and goes on',
    async (_name, carrier, code, words) => {
      const service = await world.startService()
      const { agent, call, callId, said } = await begin(service, carrier)
      await transfer(service, callId)
      const failed = (await eventsUntil(service.url, callId, 'transfer-failed')).at(-1)?.event
      expect(failed).toMatchObject({ code })
      await expect.poll(() => said.at(-1)).toMatch(words)
      expect(await service.call(callId)).toMatchObject({ state: 'active' })
      agent.send(turn('turn-1', 'then book me a room'))
      await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-1')
      expect(service.turns[0]?.hints?.join()).toContain(`(${code})`)
      const known = { state: 'failed', result: { outcome: code } }
      const row = code === 'unknown' ? { state: 'pending', result: null } : known
      expect(await ledger(callId)).toEqual([row])
      await call.hangup()
    },
    30_000,
  )

  it('answers afterwards what the caller said meanwhile', async () => {
    const service = await world.startService()
    let onReferred: (refuse: () => void) => void = () => {}
    const referred = new Promise<() => void>((resolve) => {
      onReferred = resolve
    })
    const { agent, call, callId, said } = await begin(service, (refer) => {
      const { notify } = refer.accept()
      onReferred(() => notify(486, 'Busy Here'))
    })
    await transfer(service, callId, '+4940123459') // rings longer than the line's own targets
    const refuse = await referred
    agent.send(turn('turn-1', 'and ask about parking'))
    await eventsUntil(service.url, callId, 'turn-received')
    expect(service.turns).toHaveLength(0)
    refuse()
    await agent.next('turn-finished', ({ turnId }) => turnId === 'turn-1')
    await expect
      .poll(() => said.slice(-2))
      .toEqual([expect.stringMatching(/busy/), 'You said: and ask about parking'])
    await call.hangup()
  })

  it('that the caller hangs up in is no transfer', async () => {
    const service = await world.startService()
    const { callId } = await begin(service, (refer, call) => {
      refer.accept()
      setTimeout(() => void call.hangup(), 300)
    })
    await transfer(service, callId)
    await eventsUntil(service.url, callId, 'call-ended')
    const { state, endReason } = await service.call(callId)
    expect({ state, endReason }).toEqual({ state: 'ended', endReason: 'caller-hangup' })
    for (const { state: row } of await ledger(callId)) expect(row).not.toBe('committed')
  })

  it('speaks the language of the caller, and takes no name that the line does not have', async () => {
    const service = await world.startService()
    const { agent, call, callId, said } = await begin(service, notifies(486))
    expect(await transfer(service, callId, 'sauna')).toMatchObject({ status: 400 })
    expect(await transfer(service, callId, 'night')).toMatchObject({ status: 202 })
    await expect.poll(() => said.at(-1)).toMatch(/at this hour/)
    agent.send(turn('turn-1', 'Guten Tag', { language: 'de' }))
    await agent.next('turn-finished')
    expect(await transfer(service, callId, 'sip:bar@127.0.0.1')).toMatchObject({ status: 202 })
    await expect.poll(() => said.at(-1)).toMatch(/besetzt/)
    await call.hangup()
  })

  it('goes on with another orchestrator, which asks for nothing twice', async () => {
    const first = await world.startService()
    const { agent, asked, call, job, room, tone, callId } = await begin(
      first,
      (refer) => void refer.accept(),
    )
    await transfer(first, callId)
    await expect.poll(() => asked.length, { timeout: 10_000 }).toBe(1)
    await first.close()
    await agent.closed
    const second = await world.startService()
    const next = await startScriptedJob(second.url, { call, job, room, tone }, { jobId: 'AJ_next' })
    const events: CallEvent[] = (await eventsUntil(second.url, callId, 'transfer-failed')).map(
      ({ event }) => event,
    )
    expect(events.at(-1)).toMatchObject({ code: 'unknown' })
    await expect.poll(() => next.said.at(-1)).toMatch(/could not put you through/)
    expect(asked).toHaveLength(1)
    expect(await ledger(callId)).toEqual([{ state: 'pending', result: null }])
    await call.hangup()
  }, 40_000)
})

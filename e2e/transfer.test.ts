import { setTimeout as sleep } from 'node:timers/promises'
import type { Stack } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import {
  type Call,
  concatPcm,
  createPhone,
  findLocalAddress,
  levelDbfs,
  type Phone,
  type Refer,
} from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { afterEach, describe, expect, it } from 'vitest'
import { listCalls, readCall } from './calls-api.ts'
import { transcribe } from './hearing.ts'
import { act } from './operators.ts'
import { readRunningStack } from './running-stack.ts'
import { until } from './until.ts'

const target = '+494066969199'

describe('a caller who is handed over', needs(['redis', 'livekit-server', 'sip']), () => {
  let phone: Phone | undefined
  afterEach(() => phone?.close())

  /** Calls with a telephone whose carrier does with a REFER what the test wants, and waits for the greeting. */
  const callIn = async (stack: Stack, carrier: (refer: Refer) => void) => {
    const { sip } = stack
    if (!sip) throw new Error('the stack has no telephone')
    phone = await createPhone({ host: await findLocalAddress(sip.host) })
    const { host, port, number, username, password } = sip
    const call = await phone.call({
      ...{ to: number, from: '+4915112345678', host, port, ringTimeoutMs: 20_000, record: true },
      credentials: { username, password },
    })
    const asked: string[] = []
    call.subscribe((event) => {
      if (event.type !== 'refer') return
      asked.push(event.refer.target)
      carrier(event.refer)
    })
    await call.answered
    const { id } = await until('the greeting was heard', async () => {
      const active = (await listCalls(stack)).filter(({ state }) => state === 'active')
      const [one] = active
      if (!one) return undefined
      const record = await readCall(stack, one.id)
      return record.greetingHeard === undefined ? undefined : record
    })
    return { call, id, asked }
  }
  const hear = (stack: Stack, { recording }: Call, from: number) =>
    transcribe(
      stack,
      concatPcm(recording.received.filter(({ at }) => at >= from).map(({ pcm }) => pcm)),
    )

  it('hears that they are put through, and the call ends as transferred', async () => {
    const { stack } = readRunningStack()
    const { call, id, asked } = await callIn(stack, (refer) => {
      const { notify } = refer.accept()
      setTimeout(() => notify(200, 'OK'), 500)
    })
    const from = epochNow()
    expect(await act(stack, id, { action: 'transfer', to: target })).toMatchObject({ status: 202 })
    expect(await call.ended).toMatchObject({ by: 'remote', code: 'hangup' })
    expect(asked).toEqual([`tel:${target}`])
    expect(await hear(stack, call, from)).toMatch(/moment|through/i)
    const over = await until('the call is over', async () => {
      const record = await readCall(stack, id)
      return record.endedAt === undefined ? undefined : record
    })
    expect(over).toMatchObject({ state: 'ended', endReason: 'transferred' })
  })

  it('is told when it is busy there, waits with music when asked to, and is answered again', async () => {
    const { stack } = readRunningStack()
    const { call, id } = await callIn(stack, (refer) => {
      const { notify } = refer.accept()
      setTimeout(() => notify(486, 'Busy Here'), 500)
    })
    const from = epochNow()
    await act(stack, id, { action: 'transfer', to: target })
    await until('the caller was told', async () => {
      const { prompts = [] } = await readCall(stack, id)
      return prompts.find(
        ({ says, heard }) => heard !== undefined && /busy/.test(says[0]?.text ?? ''),
      )
    })
    await sleep(500) // room, mixer and jitter buffer
    expect(await hear(stack, call, from)).toMatch(/sorry|busy|help/i)
    expect(await readCall(stack, id)).toMatchObject({ state: 'active' })

    expect(await act(stack, id, { action: 'hold' })).toMatchObject({ ok: true, status: 200 })
    expect(await readCall(stack, id)).toMatchObject({ state: 'held', onHold: true })
    const heldAt = epochNow()
    await sleep(6000) // the words before it are over by then
    const music = call.recording.received.filter(({ at }) => at >= heldAt + 4500)
    expect(levelDbfs(concatPcm(music.map(({ pcm }) => pcm)))).toBeGreaterThan(-40)
    expect(await act(stack, id, { action: 'unhold' })).toMatchObject({ ok: true, status: 200 })
    await until('the agent is back', async () => {
      const { prompts = [] } = await readCall(stack, id)
      return prompts.find(
        ({ says, heard }) =>
          heard !== undefined &&
          /back/.test(says[0]?.text ?? '') &&
          says[0]?.text.startsWith('Thank'),
      )
    })
    await call.hangup()
    await until('the call is over', async () => (await readCall(stack, id)).endedAt)
    expect(await readCall(stack, id)).toMatchObject({ endReason: 'caller-hangup' })
  })
})

import { setTimeout as sleep } from 'node:timers/promises'
import type { CallRecord, Stack } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import { type Call, concatPcm, levelDbfs } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { synthesizeCaller } from '../scripts/call/caller-voice.ts'
import { listCalls, readCall } from './calls-api.ts'
import { transcribe } from './hearing.ts'
import { callees } from './numbers.ts'
import { act } from './operators.ts'
import { readRunningStack } from './running-stack.ts'
import { startTransferPeers, type TransferPeers } from './transfer-peers.ts'
import { until } from './until.ts'

/** Room, mixer and jitter buffer: what has been played is on the wire after it. */
const onTheWireMs = 500

describe('a caller who is handed over', needs(['redis', 'livekit-server', 'sip']), () => {
  let stack: Stack
  let peers: TransferPeers
  beforeAll(async () => {
    ;({ stack } = readRunningStack())
    peers = await startTransferPeers(stack)
  })
  afterAll(() => peers?.close())

  /** Asks the API until `find` gives something of the call's record. */
  const untilRecord = <T>(what: string, id: string, find: (record: CallRecord) => T | undefined) =>
    until(what, async () => find(await readCall(stack, id)), { timeoutMs: 60_000 })
  const untilSaid = (id: string, words: RegExp) =>
    untilRecord(`${words} was heard`, id, ({ prompts = [] }) =>
      prompts.find(({ heard }) => heard !== undefined && words.test(heard)),
    )
  const untilOver = (id: string) =>
    untilRecord('the call is over', id, (record) => (record.endedAt ? record : undefined))
  const received = ({ recording }: Call, from: number) =>
    concatPcm(recording.received.filter(({ at }) => at >= from).map(({ pcm }) => pcm))

  const callIn = async () => {
    const { call, asked } = await peers.callIn()
    const { id } = await until('the call is known', async () =>
      (await listCalls(stack)).find(({ sipCallId }) => sipCallId === call.id),
    )
    await untilRecord('the greeting was heard', id, ({ greetingHeard }) => greetingHeard)
    return { call, asked, id }
  }
  /** Asks for breakfast, and gives what was answered as it is on the wire. */
  const ask = async (call: Call, id: string, signal: AbortSignal) => {
    const [question = new Int16Array()] = await synthesizeCaller(stack, ['When is breakfast?'], {
      ...{ language: 'en', voice: undefined, signal },
    })
    const from = epochNow()
    await call.play(question)
    const turn = await untilRecord('the question was answered', id, ({ turns }) =>
      turns.find(({ receivedAt, heard }) => receivedAt >= from && heard !== undefined),
    )
    await sleep(onTheWireMs)
    return { turn, heard: await transcribe(stack, received(call, from)) }
  }

  it('is told so, and the call ends as transferred when the other telephone has answered', async () => {
    const { call, id, asked } = await callIn()
    const from = epochNow()
    const transfer = { action: 'transfer', to: callees.answers } as const
    expect(await act(stack, id, transfer)).toMatchObject({ status: 202 })
    expect(await call.ended).toMatchObject({ by: 'remote', code: 'hangup' })
    expect(asked).toEqual([`tel:${callees.answers}`])
    expect(peers.incoming.at(-1)?.to).toContain(callees.answers)
    expect(await transcribe(stack, received(call, from))).toMatch(/moment|through/i)
    expect(await untilOver(id)).toMatchObject({ state: 'ended', endReason: 'transferred' })
  })

  it.each<[string, string, RegExp, RegExp]>([
    ['is busy', callees.busy, /the line is busy there/, /busy|sorry|help/i],
    ['declines', callees.declines, /nobody can take the call/, /nobody|call|sorry|help/i],
    ['does not answer', callees.silent, /nobody answers there/, /nobody|answers|sorry|help/i],
  ])(
    'to one who %s is told so, and goes on talking with the agent',
    async (_name, target, words, wire) => {
      const { signal } = new AbortController()
      const { call, id, asked } = await callIn()
      const from = epochNow()
      await act(stack, id, { action: 'transfer', to: target })
      const told = await untilSaid(id, words)
      expect(asked).toEqual([`tel:${target}`])
      expect(peers.incoming.at(-1)?.to).toContain(target)
      expect(told.at).toBeGreaterThan(from)
      await sleep(onTheWireMs)
      expect(await transcribe(stack, received(call, told.at))).toMatch(wire)
      expect(await readCall(stack, id)).toMatchObject({ state: 'active' })

      const { turn, heard } = await ask(call, id, signal)
      expect(turn).toMatchObject({ heard: turn.reply, interrupted: false })
      expect(heard).toMatch(/breakfast|seven|ten/i)
      expect(await call.hangup()).toMatchObject({ by: 'local' })
      expect(await untilOver(id)).toMatchObject({ endReason: 'caller-hangup' })
    },
  )

  it('who is put on hold hears music, and then the agent again', async () => {
    const { call, id } = await callIn()
    expect(await act(stack, id, { action: 'hold' })).toMatchObject({ ok: true, status: 200 })
    expect(await readCall(stack, id)).toMatchObject({ state: 'held', onHold: true })
    await untilSaid(id, /right back/)
    await sleep(onTheWireMs)
    const from = epochNow()
    await sleep(2000)
    // No second of it is silent, as the pauses of speech would be.
    const music = received(call, from)
    for (let at = 0; at + 4000 <= music.length; at += 4000) {
      expect(levelDbfs(music.subarray(at, at + 4000))).toBeGreaterThan(-40)
    }
    expect(music.length).toBeGreaterThan(8000)
    expect(await act(stack, id, { action: 'unhold' })).toMatchObject({ ok: true, status: 200 })
    await untilSaid(id, /I am back/)
    expect(await readCall(stack, id)).toMatchObject({ state: 'active', onHold: false })
    await call.hangup()
    expect(await untilOver(id)).toMatchObject({ endReason: 'caller-hangup' })
  })
})

import { setTimeout as sleep } from 'node:timers/promises'
import type { Stack } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import { levelDbfs } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readCall } from './calls-api.ts'
import { transcribe } from './hearing.ts'
import { callees } from './numbers.ts'
import { act } from './operators.ts'
import {
  askForBreakfast,
  onTheWireMs,
  receivedSince,
  untilGreeted,
  untilOver,
  untilRecord,
} from './phone-talk.ts'
import { readRunningStack } from './running-stack.ts'
import { startTransferPeers, type TransferPeers } from './transfer-peers.ts'

describe('a caller who is handed over', needs(['redis', 'livekit-server', 'sip']), () => {
  let stack: Stack
  let peers: TransferPeers
  beforeAll(async () => {
    ;({ stack } = readRunningStack())
    peers = await startTransferPeers(stack)
  })
  afterAll(() => peers?.close())

  const callIn = async () => {
    const { call, asked } = await peers.callIn()
    return { call, asked, id: await untilGreeted(stack, call) }
  }
  const untilSaid = (id: string, words: RegExp) =>
    untilRecord(stack, id, {
      what: `${words} was heard`,
      find: ({ prompts = [] }) =>
        prompts.find(({ heard }) => heard !== undefined && words.test(heard)),
    })

  it('is told so, and the call ends as transferred when the other telephone has answered', async () => {
    const { call, id, asked } = await callIn()
    const from = epochNow()
    const transfer = { action: 'transfer', to: callees.answers } as const
    expect(await act(stack, id, transfer)).toMatchObject({ status: 202 })
    expect(await call.ended).toMatchObject({ by: 'remote', code: 'hangup' })
    expect(asked).toEqual([`tel:${callees.answers}`])
    expect(peers.incoming.at(-1)?.to).toContain(callees.answers)
    expect(await transcribe(stack, receivedSince(call, from))).toMatch(/moment|through/i)
    expect(await untilOver(stack, id)).toMatchObject({ state: 'ended', endReason: 'transferred' })
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
      expect(await transcribe(stack, receivedSince(call, told.at))).toMatch(wire)
      expect(await readCall(stack, id)).toMatchObject({ state: 'active' })

      const { turn, heard } = await askForBreakfast(stack, { call, id }, { signal })
      expect(turn).toMatchObject({ heard: turn.reply, interrupted: false })
      expect(heard).toMatch(/breakfast|seven|ten/i)
      expect(await call.hangup()).toMatchObject({ by: 'local' })
      expect(await untilOver(stack, id)).toMatchObject({ endReason: 'caller-hangup' })
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
    const music = receivedSince(call, from)
    for (let at = 0; at + 4000 <= music.length; at += 4000) {
      expect(levelDbfs(music.subarray(at, at + 4000))).toBeGreaterThan(-40)
    }
    expect(music.length).toBeGreaterThan(8000)
    expect(await act(stack, id, { action: 'unhold' })).toMatchObject({ ok: true, status: 200 })
    await untilSaid(id, /I am back/)
    expect(await readCall(stack, id)).toMatchObject({ state: 'active', onHold: false })
    await call.hangup()
    expect(await untilOver(stack, id)).toMatchObject({ endReason: 'caller-hangup' })
  })
})

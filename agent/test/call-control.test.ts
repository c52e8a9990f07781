import { RoomEvent } from '@livekit/rtc-node'
import type { CallAction } from '@trunkline/contracts'
import { needs } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgentWorld, startAgentWorld } from './agent-world.ts'
import { callRoom, espeak } from './room-caller.ts'
import { welcome } from './scripted-orchestrator.ts'

const timeoutMs = 90_000

describe('what is done with a call', needs(['livekit-server', 'redis', 'espeak-ng']), () => {
  let world: AgentWorld
  let actions = 0

  beforeAll(async () => {
    world = await startAgentWorld((message, orchestrator) => {
      if (message.type === 'hello') orchestrator.say(welcome)
      if (message.type === 'turn') {
        orchestrator.say({ type: 'turn-finished', turnId: message.turnId })
      }
    })
  }, timeoutMs)
  afterAll(() => world?.close(), timeoutMs)

  const ask = async (action: CallAction) => {
    actions += 1
    const actionId = `action-${actions}`
    world.orchestrator.say({ type: 'action', actionId, action })
    return await world.orchestrator.seen('action-result', (one) => one.actionId === actionId)
  }

  it(
    'is held with music and not listened to, taken up again, sent keys, and left to two humans',
    async () => {
      const { livekit, orchestrator, asr } = world
      const options = { room: 'web_control', identity: 'caller', agent: 'trunkline' }
      const token = await livekit.token({ ...options, metadata: '{"line":"test"}' })
      const caller = await callRoom({ url: livekit.url, token })
      const keys: string[] = []
      caller.room.on(RoomEvent.DtmfReceived, (code, key) => keys.push(`${key} is ${code}`))
      await orchestrator.seen('heard', ({ turnId }) => turnId === 'greeting')
      await caller.hears('quiet')

      expect(await ask({ kind: 'hold' })).toMatchObject({ ok: true })
      await caller.hears('sound')
      asr.next('nobody is to hear this')
      await caller.speak(espeak('Well, this is nice music, is it not?'))
      expect(await ask({ kind: 'unhold' })).toMatchObject({ ok: true })
      await caller.hears('quiet')
      asr.next('hello again')
      await caller.speak(espeak('Hello again, are you back?'))
      const turn = await orchestrator.seen('turn')
      expect(turn.text).not.toContain('nobody')
      const said = orchestrator.received.filter(({ type }) => type === 'transcript-final')
      expect(JSON.stringify(said)).not.toContain('nobody')

      expect(await ask({ kind: 'send-dtmf', digits: '1#' })).toMatchObject({ ok: true })
      expect(keys).toEqual(['1 is 1', '# is 11'])
      expect(await ask({ kind: 'set-language', language: 'de' })).toMatchObject({ ok: true })
      const brief = { text: 'A word to you.', language: 'en', voice: '' }
      expect(await ask({ kind: 'brief', ...brief })).toMatchObject({ ok: false, code: 'failed' })
      expect(await ask({ kind: 'consult' })).toMatchObject({ ok: true })
      const briefing = caller.hears('sound') // this caller is not kept from hearing it
      expect(await ask({ kind: 'brief', ...brief })).toMatchObject({ ok: true })
      await briefing

      const left = new Promise<void>((resolve) => {
        caller.room.on(RoomEvent.ParticipantDisconnected, () => resolve())
      })
      expect(await ask({ kind: 'bridge' })).toMatchObject({ ok: true })
      expect(await orchestrator.seen('leaving')).toMatchObject({ reason: 'bridged' })
      await left
      expect(caller.room.isConnected).toBe(true)
      expect(orchestrator.received.some(({ type }) => type === 'call-ended')).toBe(false)
      await caller.hangUp()
    },
    timeoutMs,
  )
})

import type { AgentMessage } from '@trunkline/contracts'
import { resample } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { composeHoldTune } from '../src/call-control/hold-tune.ts'
import { type AgentWorld, startAgentWorld } from './agent-world.ts'
import { callRoom, espeak, type RoomCaller } from './room-caller.ts'
import { type Scripted, type ScriptedOrchestrator, welcome } from './scripted-orchestrator.ts'

const timeoutMs = 90_000
const say = {
  type: 'say',
  index: 0,
  language: 'en',
  voice: '',
  kind: 'prompt',
  interruptible: true,
  last: true,
} as const
const long = 'This is a long sentence of which nobody would like to hear the end of it all.'
const entry = {
  maxDigits: 32,
  terminator: '#',
  interDigitMs: 4000,
  interrupts: true,
  secret: true,
} as const
const cutIn = { topic: 'CANCEL_TTS', reliable: true }

describe('what comes over our voice', needs(['livekit-server', 'redis', 'espeak-ng']), () => {
  let world: AgentWorld
  let caller: RoomCaller | undefined
  let rooms = 0

  beforeAll(async () => {
    world = await startAgentWorld((message: AgentMessage, orchestrator: ScriptedOrchestrator) => {
      if (message.type === 'hello') orchestrator.say(welcome)
    })
  }, timeoutMs)
  afterEach(async () => {
    await caller?.hangUp()
    caller = undefined
    // What a job still says would be taken for the next one's.
    await world.orchestrator.seen('call-ended')
  }, 20_000)
  afterAll(() => world?.close(), timeoutMs)

  const enter = async (identity: string) => {
    const options = { room: `web_over_${rooms}`, identity, agent: 'trunkline' }
    const token = await world.livekit.token({ ...options, metadata: '{"line":"test"}' })
    return callRoom({ url: world.livekit.url, token })
  }
  async function call(): Promise<RoomCaller> {
    rooms += 1
    world.orchestrator.reset()
    caller = await enter('caller')
    await world.orchestrator.seen('heard', ({ turnId }) => turnId === 'greeting')
    return caller
  }
  const speak = (turnId: string, more: Partial<Extract<Scripted, { type: 'say' }>> = {}) =>
    world.orchestrator.say({ ...say, turnId, text: long, ...more })
  const heard = (turnId: string) =>
    world.orchestrator.seen('heard', (message) => message.turnId === turnId)
  const told = () => world.orchestrator.received

  it(
    'says what must be said to its end, and answers afterwards what was said over it',
    async () => {
      const { speak: talk } = await call()
      // Played for less than the recogniser waits for a final that nobody asks it for.
      const text = 'This call is recorded, you may say no to it.'
      speak('prompt-1', { text, interruptible: false })
      await world.orchestrator.seen('say-started', ({ turnId }) => turnId === 'prompt-1')
      world.asr.next('when is breakfast')
      await talk(espeak('When is breakfast?'))
      expect(await world.orchestrator.seen('turn')).toMatchObject({ text: 'when is breakfast' })
      const types = told().map(({ type }) => type)
      expect(types.indexOf('transcript-interim')).toBeLessThan(types.lastIndexOf('heard'))
      expect(types.lastIndexOf('heard')).toBeLessThan(types.indexOf('turn'))
      expect(await heard('prompt-1')).toMatchObject({ text, interrupted: false })
      expect(types).not.toContain('cancel')
    },
    timeoutMs,
  )

  it(
    'stops for the caller’s own device (CANCEL_TTS), and for nobody else’s',
    async () => {
      const { room } = await call()
      const other = await enter('passer-by')
      speak('prompt-1')
      await world.orchestrator.seen('say-started', ({ turnId }) => turnId === 'prompt-1')
      await other.room.localParticipant?.publishData(new Uint8Array(), cutIn)
      expect(await heard('prompt-1')).toMatchObject({ text: long, interrupted: false })
      await other.hangUp()
      speak('prompt-2')
      await world.orchestrator.seen('say-started', ({ turnId }) => turnId === 'prompt-2')
      await room.localParticipant?.publishData(new Uint8Array([1, 2, 3]), {
        ...cutIn,
        topic: 'else',
      })
      await room.localParticipant?.publishData(new Uint8Array(), cutIn)
      const cut = await heard('prompt-2')
      expect(cut.interrupted).toBe(true)
      expect(long.startsWith(cut.text)).toBe(true)
      expect(cut.text.length).toBeLessThan(long.length)
      const cancelled = told().filter(({ type }) => type === 'cancel')
      expect(cancelled).toMatchObject([{ turnId: 'prompt-2' }])
    },
    timeoutMs,
  )

  it(
    'takes a hundred keys in a second, is stopped by the first one, and writes none down',
    async () => {
      const { room } = await call()
      const action = { kind: 'expect', expect: 'digits', dtmf: entry } as const
      world.orchestrator.say({ type: 'action', actionId: 'action-1', action })
      await world.orchestrator.seen('action-result')
      speak('prompt-1')
      await world.orchestrator.seen('say-started', ({ turnId }) => turnId === 'prompt-1')
      const keys = Array.from({ length: 100 }, (_, index) => (index === 99 ? '#' : `${index % 10}`))
      for (const key of keys) {
        await room.localParticipant?.publishDtmf(key === '#' ? 11 : Number(key), key)
      }
      expect((await heard('prompt-1')).interrupted).toBe(true)
      const pressed = () => told().filter((message) => message.type === 'dtmf')
      await expect.poll(() => pressed().length).toBe(100)
      expect(pressed().map(({ digit }) => digit)).toEqual(keys)
      expect(pressed().every(({ secret }) => secret)).toBe(true)
      // 32 digits at most in an entry, and the terminator ends the last one.
      const turns = () => told().filter((message) => message.type === 'turn')
      await expect.poll(() => turns().length).toBe(4)
      const digits = keys.slice(0, 99).join('')
      const last = turns().at(-1)
      expect(last).toMatchObject({ source: 'dtmf', secret: true, endOfTurn: { reason: 'dtmf' } })
      expect(last?.text.replaceAll(' ', '')).toBe(digits)
      expect(world.worker.output()).not.toContain(digits.slice(0, 8))
      expect(told().filter(({ type }) => type === 'cancel')).toHaveLength(1)
    },
    timeoutMs,
  )

  it(
    'tells that it hears hold music, which is no turn and does not keep it from speaking',
    async () => {
      const { speak: talk } = await call()
      const tune = resample(composeHoldTune(), { fromHz: 24_000, toHz: 16_000 })
      const playing = talk(tune.subarray(0, 16_000 * 9))
      const music = await world.orchestrator.seen('caller-audio', ({ state }) => state === 'music')
      expect(music.sinceMs).toBeGreaterThan(0)
      speak('prompt-1', { text: 'Are you still there?' })
      expect(await heard('prompt-1')).toMatchObject({ interrupted: false })
      await playing
      expect(told().some(({ type }) => type === 'turn')).toBe(false)
    },
    timeoutMs,
  )
})

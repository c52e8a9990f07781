import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { type AgentMessage, closeCode } from '@trunkline/contracts'
import { needs } from '@trunkline/testkit'
import { AgentDispatchClient, RoomServiceClient } from 'livekit-server-sdk'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { type AgentWorld, startAgentWorld } from './agent-world.ts'
import { callRoom, espeak, type RoomCaller } from './room-caller.ts'
import { type ScriptedOrchestrator, welcome } from './scripted-orchestrator.ts'

const timeoutMs = 90_000
const bridging = { text: 'One moment please.', language: 'en', voice: '' }
const resume = {
  active: true,
  history: [],
  expect: 'free' as const,
  turnsSeen: 4,
  actions: [],
}
const muted = { actionId: 'mute-1', action: { kind: 'mute' } } as const
const spoken = { language: 'en', voice: '', interruptible: true } as const
const reply = { type: 'say', kind: 'reply', ...spoken } as const
const long = 'And then comes a far longer sentence that goes on for quite a good long while.'

/** What the script answers to a first hello; a job that takes over is one whose dispatch says so. */
function answer(message: AgentMessage, orchestrator: ScriptedOrchestrator): void {
  if (message.type === 'hello') {
    const isNew = !message.metadata.includes('"resume":true')
    const actions = message.metadata.includes('"muted":true') ? [muted] : []
    const resumed = { ...welcome, epoch: 2, bridging, resume: { ...resume, actions } }
    orchestrator.say(isNew ? { ...welcome, bridging } : resumed)
    if (!message.metadata.includes('"unfinished":true')) return
    orchestrator.say({ ...reply, turnId: 'turn-4', index: 1, text: 'The rest.', last: true })
  }
  if (message.type !== 'turn') return
  const { turnId } = message
  orchestrator.say({ ...reply, turnId, index: 0, text: long, last: true })
  orchestrator.say({ type: 'turn-finished', turnId })
}

describe('a job that takes a call over', needs(['livekit-server', 'redis', 'espeak-ng']), () => {
  let world: AgentWorld
  let dispatcher: AgentDispatchClient
  let roomService: RoomServiceClient
  let rooms = 0

  beforeAll(async () => {
    world = await startAgentWorld((...heard) => answer(...heard))
    const { url, apiKey, apiSecret } = world.livekit
    dispatcher = new AgentDispatchClient(url.replace('ws', 'http'), apiKey, apiSecret)
    roomService = new RoomServiceClient(url.replace('ws', 'http'), apiKey, apiSecret)
  }, timeoutMs)
  afterAll(() => world?.close(), timeoutMs)

  const room = () => `web_take_over_${rooms}`
  const whenIdle = () => expect.poll(() => world.worker.jobs().length, { timeout: 40_000 }).toBe(1)

  async function call(): Promise<RoomCaller> {
    rooms += 1
    world.orchestrator.reset()
    const token = await world.livekit.token({
      room: room(),
      identity: 'caller',
      agent: 'trunkline',
    })
    const caller = await callRoom({ url: world.livekit.url, token })
    onTestFinished(() => caller.hangUp()) // a call that stays would keep its job from the next test
    return caller
  }
  /** How often a job has said its bridging line. */
  const bridgingLines = () => world.worker.output().split('"spare line begins"').length - 1
  const hello = (metadata: RegExp) =>
    world.orchestrator.seen('hello', (one) => metadata.test(one.metadata))

  it(
    'says that somebody is there when nothing else is to be said, and counts its turns on',
    async () => {
      await whenIdle()
      const [victim = 0] = world.worker.jobs()
      const caller = await call()
      await caller.hears('sound')
      await world.orchestrator.seen('heard')
      // Greeting, bridging line and apology are on disk by then, for a job that finds no tts-router.
      const onDisk = () => readdirSync(join(world.dataDir, 'spoken-lines'))
      await expect.poll(() => onDisk().filter((name) => name.endsWith('.pcm'))).toHaveLength(3)
      await expect.poll(() => world.worker.jobs().length, { timeout: 40_000 }).toBe(2)
      await caller.room.localParticipant?.sendText('two nights', { topic: 'lk.chat' })
      await world.orchestrator.seen('say-started', ({ turnId }) => turnId === 'turn-1')
      const requests = world.tts.requests.length
      const quiet = caller.hears('quiet')
      process.kill(victim, 'SIGKILL')
      await quiet
      world.orchestrator.reset()
      const metadata = JSON.stringify({ callId: 'call-1', epoch: 1, resume: true })
      const again = caller.hears('sound')
      await dispatcher.createDispatch(room(), 'trunkline', { metadata })
      await hello(/resume/)
      await again
      expect(bridgingLines()).toBe(1)
      expect(world.tts.requests.slice(requests).map(({ text }) => text)).not.toContain(
        bridging.text,
      )

      world.asr.next('are you there')
      await caller.speak(espeak('Hello, are you still there? I need a room.'))
      expect(await world.orchestrator.seen('turn')).toMatchObject({ turnId: 'turn-5' })
      await world.orchestrator.seen('say-started', ({ turnId }) => turnId === 'turn-5')
      const told = world.orchestrator.received.map(({ type }) => type)
      expect(told).not.toContain('call-started')
      expect(told).not.toContain('call-status')
      expect(world.orchestrator.received).not.toContainEqual(
        expect.objectContaining({ turnId: 'greeting' }),
      )
      await caller.hangUp()
      expect(await world.orchestrator.seen('call-ended')).toMatchObject({ reason: 'caller-hangup' })
    },
    timeoutMs,
  )

  it(
    'goes on in the same reply, without a word in between',
    async () => {
      await whenIdle()
      const before = bridgingLines()
      rooms += 1
      world.orchestrator.reset()
      const token = await world.livekit.token({ room: room(), identity: 'caller', agent: 'nobody' })
      const caller = await callRoom({ url: world.livekit.url, token })
      onTestFinished(() => caller.hangUp())
      const again = caller.hears('sound')
      const metadata = JSON.stringify({
        callId: 'call-1',
        epoch: 1,
        resume: true,
        unfinished: true,
      })
      await dispatcher.createDispatch(room(), 'trunkline', { metadata })
      await again
      const heard = await world.orchestrator.seen('heard', ({ turnId }) => turnId === 'turn-4')
      expect(heard).toMatchObject({ text: 'The rest.', interrupted: false })
      expect(bridgingLines()).toBe(before)
      await caller.hangUp()
      await world.orchestrator.seen('call-ended')
    },
    timeoutMs,
  )

  it(
    'says a sentence once that is sent twice',
    async () => {
      await whenIdle()
      const caller = await call()
      await caller.hears('sound')
      await world.orchestrator.seen('heard')
      const say = { ...reply, turnId: 'turn-9' }
      world.orchestrator.say({ ...say, index: 2, text: 'Only once.', last: false })
      await world.orchestrator.seen('say-finished', ({ turnId }) => turnId === 'turn-9')
      world.orchestrator.say({ ...say, index: 2, text: 'Only once.', last: false })
      world.orchestrator.say({ ...say, index: 3, text: 'And this.', last: true })
      const heard = await world.orchestrator.seen('heard', ({ turnId }) => turnId === 'turn-9')
      expect(heard.text).toBe('Only once. And this.')
      expect(world.tts.requests.filter(({ text }) => text === 'Only once.')).toHaveLength(1)
      await caller.hangUp()
      await world.orchestrator.seen('call-ended')
    },
    timeoutMs,
  )

  it(
    'is quiet at once and leaves the room as it is when a newer job has the call',
    async () => {
      await whenIdle()
      const jobsBefore = world.worker.jobs()
      const caller = await call()
      await caller.hears('sound')
      await world.orchestrator.seen('heard')
      await caller.room.localParticipant?.sendText('two nights', { topic: 'lk.chat' })
      await world.orchestrator.seen('say-started', ({ turnId }) => turnId === 'turn-1')
      await caller.hears('sound')
      const quiet = caller.hears('quiet')
      world.orchestrator.drop(closeCode.superseded)
      await quiet
      const { loudFrames } = caller
      await expect
        .poll(() => world.worker.jobs().filter((pid) => jobsBefore.includes(pid)), {
          timeout: 15_000,
        })
        .toEqual([])
      expect(caller.loudFrames).toBe(loudFrames)
      expect(caller.room.isConnected).toBe(true)
      expect(world.orchestrator.received.map(({ type }) => type)).not.toContain('call-ended')
      await caller.hangUp()
    },
    timeoutMs,
  )

  it(
    'goes without a word when its place in the room is lost, and the next one has the caller',
    async () => {
      await whenIdle()
      const jobsBefore = world.worker.jobs()
      const caller = await call()
      await caller.hears('sound')
      await world.orchestrator.seen('heard')
      const [agent = ''] = caller.room.remoteParticipants.keys()
      await roomService.removeParticipant(room(), agent)
      await expect
        .poll(() => world.worker.jobs().filter((pid) => jobsBefore.includes(pid)), {
          timeout: 15_000,
        })
        .toEqual([])
      const told = world.orchestrator.received.map(({ type }) => type)
      expect(told).not.toContain('call-ended')
      expect(told).not.toContain('leaving')
      world.orchestrator.reset()
      const again = caller.hears('sound')
      const metadata = JSON.stringify({ callId: 'call-1', epoch: 1, resume: true })
      await dispatcher.createDispatch(room(), 'trunkline', { metadata })
      await again
      await caller.hangUp()
      expect(await world.orchestrator.seen('call-ended')).toMatchObject({ reason: 'caller-hangup' })
    },
    timeoutMs,
  )

  it(
    'says nothing into a call in which a human speaks',
    async () => {
      await whenIdle()
      rooms += 1
      world.orchestrator.reset()
      const token = await world.livekit.token({ room: room(), identity: 'caller', agent: 'nobody' })
      const caller = await callRoom({ url: world.livekit.url, token })
      onTestFinished(() => caller.hangUp())
      const metadata = JSON.stringify({ callId: 'call-1', epoch: 1, resume: true, muted: true })
      await dispatcher.createDispatch(room(), 'trunkline', { metadata })
      expect(await world.orchestrator.seen('action-result')).toMatchObject({
        actionId: 'mute-1',
        ok: true,
      })
      world.orchestrator.say({ ...reply, turnId: 'turn-1', index: 0, text: long, last: true })
      expect(await world.orchestrator.seen('heard')).toMatchObject({ turnId: 'turn-1', text: '' })
      expect(caller.loudFrames).toBe(0)
      await caller.hangUp()
      await world.orchestrator.seen('call-ended')
    },
    timeoutMs,
  )

  it(
    'leaves a room in which there is no caller',
    async () => {
      await whenIdle()
      rooms += 1
      world.orchestrator.reset()
      await dispatcher.createDispatch(room(), 'trunkline', { metadata: '{"line":"test"}' })
      expect(await world.orchestrator.seen('leaving')).toMatchObject({ reason: 'no-caller' })
      await world.livekit.deleteRoom(room())
    },
    timeoutMs,
  )

  it(
    'is replaced when it is killed while it waits, and the next call is answered by one dispatch',
    async () => {
      await whenIdle()
      const [idle = 0] = world.worker.jobs()
      process.kill(idle, 'SIGKILL')
      await expect.poll(() => world.worker.jobs().includes(idle)).toBe(false)
      const caller = await call()
      await caller.hears('sound')
      expect(world.orchestrator.connections).toBeGreaterThan(0)
      const dispatches = await dispatcher.listDispatch(room())
      expect(dispatches).toHaveLength(1)
      expect(world.worker.jobs()).not.toContain(idle)
      await caller.hangUp()
      await world.orchestrator.seen('call-ended')
    },
    timeoutMs,
  )
})

import { readdirSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dispose } from '@livekit/rtc-node'
import { type AgentMessage, closeCode } from '@trunkline/contracts'
import { needs } from '@trunkline/testkit'
import { AgentDispatchClient } from 'livekit-server-sdk'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startLivekit, type TestLivekit } from './livekit.ts'
import { callRoom, espeak, type RoomCaller } from './room-caller.ts'
import { type ScriptedAsr, startAsr } from './scripted-asr.ts'
import { type ScriptedOrchestrator, startOrchestrator, welcome } from './scripted-orchestrator.ts'
import { startToneRouter, type ToneRouter } from './tone-router.ts'
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts'

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
  }
  if (message.type !== 'turn') return
  const { turnId } = message
  orchestrator.say({ ...reply, turnId, index: 0, text: long, last: true })
  orchestrator.say({ type: 'turn-finished', turnId })
}

describe('a job that takes a call over', needs(['livekit-server', 'redis', 'espeak-ng']), () => {
  let livekit: TestLivekit
  let asr: ScriptedAsr
  let tts: ToneRouter
  let orchestrator: ScriptedOrchestrator
  let worker: WorkerProcess
  let dispatcher: AgentDispatchClient
  let dataDir: string
  let rooms = 0

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'trunkline-agent-'))
    ;[livekit, asr, tts] = await Promise.all([startLivekit(), startAsr(), startToneRouter()])
    orchestrator = await startOrchestrator({ onMessage: (...heard) => answer(...heard) })
    const { url, apiKey, apiSecret } = livekit
    dispatcher = new AgentDispatchClient(url.replace('ws', 'http'), apiKey, apiSecret)
    worker = await startWorkerProcess({
      LIVEKIT_URL: url,
      LIVEKIT_API_KEY: apiKey,
      LIVEKIT_API_SECRET: apiSecret,
      ORCHESTRATOR_URL: orchestrator.url,
      AGENT_TOKEN: 'token',
      ASR_PROXY_URI: asr.uri,
      TTS_ROUTER_URL: tts.url,
      DATA_DIR: dataDir,
    })
  }, timeoutMs)

  afterAll(async () => {
    await worker?.stop()
    await Promise.all([tts?.close(), asr?.close(), orchestrator?.close(), livekit?.stop()])
    await rm(dataDir, { recursive: true, force: true })
    await dispose()
  }, timeoutMs)

  const room = () => `web_take_over_${rooms}`
  const whenIdle = () => expect.poll(() => worker.jobs().length, { timeout: 40_000 }).toBe(1)

  async function call(): Promise<RoomCaller> {
    rooms += 1
    orchestrator.reset()
    const token = await livekit.token({ room: room(), identity: 'caller', agent: 'trunkline' })
    const caller = await callRoom({ url: livekit.url, token })
    onTestFinished(() => caller.hangUp()) // a call that stays would keep its job from the next test
    return caller
  }
  const hello = (metadata: RegExp) =>
    orchestrator.seen('hello', (one) => metadata.test(one.metadata))

  it(
    'speaks again at once when the job was killed in the middle of a reply, and counts its turns on',
    async () => {
      await whenIdle()
      const [victim = 0] = worker.jobs()
      const caller = await call()
      await caller.hears('sound')
      await orchestrator.seen('heard')
      // The bridging line and the apology are on disk by then, for a job that finds no tts-router.
      const onDisk = () => readdirSync(join(dataDir, 'spoken-lines'))
      await expect.poll(() => onDisk().filter((name) => name.endsWith('.pcm'))).toHaveLength(2)
      await expect.poll(() => worker.jobs().length, { timeout: 40_000 }).toBe(2)
      await caller.room.localParticipant?.sendText('two nights', { topic: 'lk.chat' })
      await orchestrator.seen('say-started', ({ turnId }) => turnId === 'turn-1')
      const requests = tts.requests.length
      const quiet = caller.hears('quiet')
      process.kill(victim, 'SIGKILL')
      await quiet
      orchestrator.reset()
      const metadata = JSON.stringify({ callId: 'call-1', epoch: 1, resume: true })
      const again = caller.hears('sound')
      await dispatcher.createDispatch(room(), 'trunkline', { metadata })
      await hello(/resume/)
      await again
      expect(tts.requests.slice(requests).map(({ text }) => text)).not.toContain(bridging.text)

      asr.next('are you there')
      await caller.speak(espeak('Hello, are you still there? I need a room.'))
      expect(await orchestrator.seen('turn')).toMatchObject({ turnId: 'turn-5' })
      await orchestrator.seen('say-started', ({ turnId }) => turnId === 'turn-5')
      const told = orchestrator.received.map(({ type }) => type)
      expect(told).not.toContain('call-started')
      expect(told).not.toContain('call-status')
      expect(orchestrator.received).not.toContainEqual(
        expect.objectContaining({ turnId: 'greeting' }),
      )
      await caller.hangUp()
      expect(await orchestrator.seen('call-ended')).toMatchObject({ reason: 'caller-hangup' })
    },
    timeoutMs,
  )

  it(
    'says a sentence once that is sent twice',
    async () => {
      await whenIdle()
      const caller = await call()
      await caller.hears('sound')
      await orchestrator.seen('heard')
      const say = { ...reply, turnId: 'turn-9' }
      orchestrator.say({ ...say, index: 2, text: 'Only once.', last: false })
      await orchestrator.seen('say-finished', ({ turnId }) => turnId === 'turn-9')
      orchestrator.say({ ...say, index: 2, text: 'Only once.', last: false })
      orchestrator.say({ ...say, index: 3, text: 'And this.', last: true })
      const heard = await orchestrator.seen('heard', ({ turnId }) => turnId === 'turn-9')
      expect(heard.text).toBe('Only once. And this.')
      expect(tts.requests.filter(({ text }) => text === 'Only once.')).toHaveLength(1)
      await caller.hangUp()
      await orchestrator.seen('call-ended')
    },
    timeoutMs,
  )

  it(
    'is quiet at once and leaves the room as it is when a newer job has the call',
    async () => {
      await whenIdle()
      const jobsBefore = worker.jobs()
      const caller = await call()
      await caller.hears('sound')
      await orchestrator.seen('heard')
      await caller.room.localParticipant?.sendText('two nights', { topic: 'lk.chat' })
      await orchestrator.seen('say-started', ({ turnId }) => turnId === 'turn-1')
      await caller.hears('sound')
      const quiet = caller.hears('quiet')
      orchestrator.drop(closeCode.superseded)
      await quiet
      const { loudFrames } = caller
      await expect
        .poll(() => worker.jobs().filter((pid) => jobsBefore.includes(pid)), { timeout: 15_000 })
        .toEqual([])
      expect(caller.loudFrames).toBe(loudFrames)
      expect(caller.room.isConnected).toBe(true)
      expect(orchestrator.received.map(({ type }) => type)).not.toContain('call-ended')
      await caller.hangUp()
    },
    timeoutMs,
  )

  it(
    'says nothing into a call in which a human speaks',
    async () => {
      await whenIdle()
      rooms += 1
      orchestrator.reset()
      const token = await livekit.token({ room: room(), identity: 'caller', agent: 'nobody' })
      const caller = await callRoom({ url: livekit.url, token })
      onTestFinished(() => caller.hangUp())
      const metadata = JSON.stringify({ callId: 'call-1', epoch: 1, resume: true, muted: true })
      await dispatcher.createDispatch(room(), 'trunkline', { metadata })
      expect(await orchestrator.seen('action-result')).toMatchObject({
        actionId: 'mute-1',
        ok: true,
      })
      orchestrator.say({ ...reply, turnId: 'turn-1', index: 0, text: long, last: true })
      expect(await orchestrator.seen('heard')).toMatchObject({ turnId: 'turn-1', text: '' })
      expect(caller.loudFrames).toBe(0)
      await caller.hangUp()
      await orchestrator.seen('call-ended')
    },
    timeoutMs,
  )

  it(
    'leaves a room in which there is no caller',
    async () => {
      await whenIdle()
      rooms += 1
      orchestrator.reset()
      await dispatcher.createDispatch(room(), 'trunkline', { metadata: '{"line":"test"}' })
      expect(await orchestrator.seen('leaving')).toMatchObject({ reason: 'no-caller' })
      await livekit.deleteRoom(room())
    },
    timeoutMs,
  )

  it(
    'is replaced when it is killed while it waits, and the next call is answered by one dispatch',
    async () => {
      await whenIdle()
      const [idle = 0] = worker.jobs()
      process.kill(idle, 'SIGKILL')
      await expect.poll(() => worker.jobs().includes(idle)).toBe(false)
      const caller = await call()
      await caller.hears('sound')
      expect(orchestrator.connections).toBeGreaterThan(0)
      const dispatches = await dispatcher.listDispatch(room())
      expect(dispatches).toHaveLength(1)
      expect(worker.jobs()).not.toContain(idle)
      await caller.hangUp()
      await orchestrator.seen('call-ended')
    },
    timeoutMs,
  )
})

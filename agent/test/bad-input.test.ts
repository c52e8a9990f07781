import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DisconnectReason, dispose, RoomEvent } from '@livekit/rtc-node'
import type { AgentMessage } from '@trunkline/contracts'
import { needs } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startLivekit, type TestLivekit } from './livekit.ts'
import { type ManyCalls, startManyCalls } from './many-calls.ts'
import { callRoom, espeak, type RoomCaller } from './room-caller.ts'
import { type ScriptedAsr, startAsr } from './scripted-asr.ts'
import type { Scripted } from './scripted-orchestrator.ts'
import { startToneRouter, type ToneRouter } from './tone-router.ts'
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts'

const timeoutMs = 90_000
const metadata = '{"line":"test"}'
const reply = {
  type: 'say',
  kind: 'reply',
  language: 'en',
  voice: '',
  interruptible: true,
} as const
const unknownLine = {
  type: 'error',
  code: 'unknown-line',
  message: 'no line',
  retryable: false,
} as const

function answer(message: AgentMessage, say: (message: Scripted) => void): void {
  if (message.type === 'hello' && message.metadata !== metadata) say(unknownLine)
  if (message.type !== 'turn') return
  const { turnId } = message
  say({ ...reply, turnId, index: 0, text: 'At seven.', last: true })
  say({ type: 'turn-finished', turnId })
}

/** All calls are on one worker, beside one that goes on through all of it. */
describe('bad input', needs(['livekit-server', 'redis', 'espeak-ng']), () => {
  let livekit: TestLivekit
  let asr: ScriptedAsr
  let tts: ToneRouter
  let orchestrator: ManyCalls
  let worker: WorkerProcess
  let dataDir: string
  let bystander: RoomCaller
  let rooms = 0

  beforeAll(async () => {
    livekit = await startLivekit()
    asr = await startAsr()
    tts = await startToneRouter()
    dataDir = await mkdtemp(join(tmpdir(), 'trunkline-bad-'))
    orchestrator = await startManyCalls({
      welcomes: (hello) => hello.metadata === metadata,
      also: { limits: { callSeconds: 600, silenceSeconds: 3 } },
      onMessage: answer,
    })
    worker = await startWorkerProcess({
      LIVEKIT_URL: livekit.url,
      LIVEKIT_API_KEY: livekit.apiKey,
      LIVEKIT_API_SECRET: livekit.apiSecret,
      ORCHESTRATOR_URL: orchestrator.url,
      TTS_ROUTER_URL: tts.url,
      ASR_PROXY_URI: asr.uri,
      AGENT_TOKEN: 'token',
      DATA_DIR: dataDir,
    })
    bystander = await enter(`web_bystander`)
    await bystander.hears('sound')
  }, timeoutMs)
  afterAll(async () => {
    await bystander?.hangUp()
    await worker?.stop()
    await orchestrator?.close()
    await Promise.all([asr?.close(), tts?.close()])
    await livekit?.stop()
    await rm(dataDir, { recursive: true, force: true })
    await dispose()
  }, timeoutMs)

  async function enter(
    room: string,
    options: { identity?: string; metadata?: string; hasMicrophone?: boolean } = {},
  ): Promise<RoomCaller> {
    const { hasMicrophone = true, ...own } = options
    const token = await livekit.token({
      ...{ room, identity: 'caller', agent: 'trunkline', metadata, ...own },
    })
    return callRoom({ url: livekit.url, token, hasMicrophone })
  }
  /** Calls, and gives with the caller what their job tells the orchestrator. */
  async function call(options: Parameters<typeof enter>[1] = {}) {
    await expect.poll(() => worker.jobs().length, { timeout: 40_000 }).toBe(2)
    rooms += 1
    const room = `web_bad_${rooms}`
    const caller = await enter(room, options)
    onTestFinished(() => caller.hangUp())
    const hello = () => orchestrator.hellos.find((one) => one.room === room)
    const told = () => orchestrator.told(hello()?.jobId ?? '')
    const turns = () => told().filter((type) => type === 'turn').length
    return { room, caller, told, turns }
  }
  const ask = (caller: RoomCaller) =>
    caller.room.localParticipant?.sendText('when is breakfast', { topic: 'lk.chat' })

  it.each([
    ['no JSON', 'line=test'],
    ['JSON of another shape', '{"line":42}'],
    ['far too much of it', 'x'.repeat(50_000)],
  ])(
    'in a job’s metadata (%s): the caller hears an apology, and the room ends',
    async (_kind, wrong) => {
      const { caller } = await call({ metadata: wrong })
      const gone = new Promise((resolve) => {
        caller.room.once(RoomEvent.Disconnected, resolve)
      })
      await caller.hears('sound')
      expect(await gone).toBe(DisconnectReason.ROOM_DELETED)
    },
    timeoutMs,
  )

  it(
    'a caller without a microphone is greeted, and answered in writing',
    async () => {
      const { caller, told, turns } = await call({ hasMicrophone: false })
      await caller.hears('sound')
      await expect.poll(told).toContain('heard')
      await ask(caller)
      await expect.poll(turns).toBe(1)
      await expect.poll(() => told().filter((type) => type === 'heard').length).toBe(2)
      expect(told()).not.toContain('call-ended')
    },
    timeoutMs,
  )

  it(
    'a caller whose track ends and comes again is heard again',
    async () => {
      const { caller, told, turns } = await call()
      await caller.hears('sound')
      await expect.poll(told).toContain('heard')
      await caller.changeMicrophone()
      asr.next('when is breakfast')
      await caller.speak(espeak('Hello, at what time is breakfast tomorrow?'))
      await expect.poll(turns).toBe(1)
      expect(told()).not.toContain('call-ended')
    },
    timeoutMs,
  )

  it(
    'a second caller in the room is not listened to, is in the log, and ends nothing by leaving',
    async () => {
      const { room, caller, told, turns } = await call()
      await caller.hears('sound')
      await expect.poll(told).toContain('heard')
      const other = await enter(room, { identity: 'passer-by' })
      onTestFinished(() => other.hangUp())
      await expect.poll(() => worker.output()).toMatch(/somebody else is in the room/)
      asr.next('I would like a room too')
      await other.speak(espeak('Hello, I would like to have a room too.'))
      await ask(other)
      await other.hangUp()
      // Had any of it been taken, its turn would have come before the caller's.
      await ask(caller)
      await expect.poll(turns).toBe(1)
      await expect.poll(() => told().filter((type) => type === 'heard').length).toBe(2)
      expect([turns(), told().includes('call-ended')]).toEqual([1, false])
      expect(told()).not.toContain('transcript-final')
      expect(worker.output()).not.toContain('passer-by')
    },
    timeoutMs,
  )

  it(
    'a caller who never speaks is told of, and not hung up on by the agent',
    async () => {
      const { caller, told } = await call()
      await caller.hears('sound')
      await expect.poll(told).toContain('silence')
      expect(told()).not.toContain('call-ended')
      expect(caller.room.isConnected).toBe(true)
    },
    timeoutMs,
  )

  it(
    'a caller who leaves at once costs no slot',
    async () => {
      const { caller, told } = await call()
      await caller.hangUp()
      await expect
        .poll(told, { timeout: 30_000 })
        .toSatisfy((types: readonly string[]) =>
          types.some((type) => type === 'leaving' || type === 'call-ended'),
        )
      const active = () => fetch(`${worker.url}/metrics`).then((response) => response.text())
      await expect.poll(active, { timeout: 30_000 }).toMatch(/^agent_active_jobs 1$/m)
    },
    timeoutMs,
  )

  it('has ended no other call', async () => {
    expect(bystander.room.isConnected).toBe(true)
    const jobId = orchestrator.hellos[0]?.jobId ?? ''
    expect(orchestrator.told(jobId)).not.toContain('call-ended')
    await ask(bystander)
    await expect.poll(() => orchestrator.told(jobId)).toContain('turn')
    await bystander.hangUp()
    await expect.poll(() => orchestrator.told(jobId)).toContain('call-ended')
  })
})

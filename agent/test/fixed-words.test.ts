import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dispose } from '@livekit/rtc-node'
import type { AgentMessage } from '@trunkline/contracts'
import { freePort, needs } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { startLivekit, type TestLivekit } from './livekit.ts'
import { type ManyCalls, startManyCalls } from './many-calls.ts'
import { callRoom } from './room-caller.ts'
import { type ScriptedAsr, startAsr } from './scripted-asr.ts'
import { type Scripted, welcome } from './scripted-orchestrator.ts'
import { startToneRouter, type ToneRouter } from './tone-router.ts'
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts'

const timeoutMs = 90_000
const bridging = { text: 'One moment please, I am looking it up.', language: 'en', voice: '' }
const reply = {
  type: 'say',
  kind: 'reply',
  language: 'en',
  voice: '',
  interruptible: true,
} as const
const { apology, greeting } = welcome

/** What the orchestrator tells of its one line. */
const spoken = {
  lines: [
    {
      ...{ id: 'test', numbers: ['100'], language: 'en', apology, bridging },
      greeting: { text: greeting.text, language: greeting.language, voice: greeting.voice },
      notices: [{ text: 'All our lines are busy.', language: 'en', voice: '' }],
      otherLanguages: [{ text: 'Verzeihung.', language: 'de', voice: '' }],
    },
  ],
}

function answer(message: AgentMessage, say: (message: Scripted) => void): void {
  if (message.type !== 'turn') return
  say({ ...reply, turnId: message.turnId, index: 0, text: 'Breakfast is at seven.', last: true })
}

describe('what a line always says', needs(['livekit-server', 'redis']), () => {
  let livekit: TestLivekit
  let asr: ScriptedAsr
  let orchestrator: ManyCalls
  let dataDir: string
  let worker: WorkerProcess
  let ttsPort: number
  let first: ToneRouter

  beforeAll(async () => {
    livekit = await startLivekit()
    asr = await startAsr()
    ttsPort = await freePort()
    dataDir = await mkdtemp(join(tmpdir(), 'trunkline-fixed-'))
    orchestrator = await startManyCalls({ spoken, also: { bridging }, onMessage: answer })
    first = await startToneRouter({ port: ttsPort })
    worker = await startWorkerProcess({
      LIVEKIT_URL: livekit.url,
      LIVEKIT_API_KEY: livekit.apiKey,
      LIVEKIT_API_SECRET: livekit.apiSecret,
      ORCHESTRATOR_URL: orchestrator.url,
      TTS_ROUTER_URL: first.url,
      ASR_PROXY_URI: asr.uri,
      AGENT_TOKEN: 'token',
      DATA_DIR: dataDir,
    })
  }, timeoutMs)
  afterAll(async () => {
    await worker?.stop()
    await orchestrator?.close()
    await asr?.close()
    await livekit?.stop()
    await rm(dataDir, { recursive: true, force: true })
    await dispose()
  }, timeoutMs)

  async function call(room: string) {
    const token = await livekit.token({ room, identity: 'caller', agent: 'trunkline' })
    const caller = await callRoom({ url: livekit.url, token })
    onTestFinished(() => caller.hangUp())
    return caller
  }
  const isWarm = () => expect.poll(() => worker.jobs().length, { timeout: 40_000 }).toBe(1)

  it('lies on disk before the first call, with what is known of the line', async () => {
    await expect.poll(() => worker.output()).toMatch(/fixed words are on disk/)
    await first.close() // from here on there is no tts-router
    expect(await readdir(join(dataDir, 'spoken-lines'))).toHaveLength(5)
    expect(await readdir(join(dataDir, 'lines'))).toHaveLength(2) // by its id and its number
  })

  it(
    'is said while the tts-router is away; what is not there is waited for, and said when it is back',
    async () => {
      await isWarm()
      const caller = await call('web_fixed_1')
      await caller.hears('sound')
      const [hello] = orchestrator.hellos
      const told = () => orchestrator.told(hello?.jobId ?? '')
      await expect.poll(told).toContain('heard')
      await caller.hears('quiet')

      const wait = caller.hears('sound')
      await caller.room.localParticipant?.sendText('when is breakfast', { topic: 'lk.chat' })
      await wait
      const tts = await startToneRouter({ port: ttsPort })
      onTestFinished(() => tts.close())
      await expect
        .poll(() => tts.requests.map(({ text }) => text))
        .toContain('Breakfast is at seven.')
      await expect.poll(() => told().filter((type) => type === 'heard').length).toBe(2)
      await caller.hangUp()
      await expect.poll(() => orchestrator.endings).toEqual(['caller-hangup'])
    },
    timeoutMs,
  )

  it(
    'is all that a caller hears when the tts-router stays away, and then the call is given up',
    async () => {
      await isWarm()
      const caller = await call('web_fixed_2')
      await caller.hears('sound')
      const told = () => orchestrator.told(orchestrator.hellos.at(-1)?.jobId ?? '')
      await expect.poll(told).toContain('heard')
      await caller.room.localParticipant?.sendText('when is breakfast', { topic: 'lk.chat' })
      await expect.poll(() => orchestrator.endings.at(-1)).toBe('voiceless')
      expect(worker.output()).toMatch(/no voice for the caller/)
      expect(worker.output()).toMatch(/spare line begins/)
      // The orchestrator ends the room: the job leaves that to it.
      expect(caller.room.isConnected).toBe(true)
    },
    timeoutMs,
  )
})

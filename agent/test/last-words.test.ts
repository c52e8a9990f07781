import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { dispose, RoomEvent } from '@livekit/rtc-node'
import { lastWordsIdentity } from '@trunkline/contracts'
import { freePort, needs, startProcess, untilReady } from '@trunkline/testkit'
import { AgentDispatchClient } from 'livekit-server-sdk'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSpokenLines } from '../src/spoken-lines/spoken-lines.ts'
import { startLivekit, type TestLivekit } from './livekit.ts'
import { callRoom } from './room-caller.ts'
import { tone } from './tone-router.ts'

const timeoutMs = 60_000
const agentName = 'trunkline-last-words'
const apology = { text: 'Please call again.', language: 'en', voice: 'Anna' }

describe('the worker of the last words', needs(['livekit-server', 'redis']), () => {
  let livekit: TestLivekit
  let dataDir: string
  let worker: ReturnType<typeof startProcess> | undefined

  beforeEach(async () => {
    livekit = await startLivekit()
    dataDir = await mkdtemp(join(tmpdir(), 'trunkline-words-'))
  }, timeoutMs)
  afterEach(async () => {
    await worker?.stop()
    await livekit.stop()
    await rm(dataDir, { recursive: true, force: true })
  }, timeoutMs)

  // Once: the native client does not come back after it.
  afterAll(() => dispose())

  /** With neither orchestrator, tts-router nor asr-proxy anywhere: their addresses lead nowhere. */
  async function start() {
    const [port, nowhere] = await Promise.all([freePort(), freePort()])
    const { url, apiKey, apiSecret } = livekit
    worker = startProcess(
      process.execPath,
      [fileURLToPath(new URL('../src/last-words/main.ts', import.meta.url))],
      {
        env: {
          PATH: process.env['PATH'],
          LIVEKIT_URL: url,
          LIVEKIT_API_KEY: apiKey,
          LIVEKIT_API_SECRET: apiSecret,
          AGENT_TOKEN: 'token',
          ORCHESTRATOR_URL: `http://127.0.0.1:${nowhere}`,
          TTS_ROUTER_URL: `http://127.0.0.1:${nowhere}`,
          ASR_PROXY_URI: `127.0.0.1:${nowhere}`,
          LAST_WORDS_PORT: String(port),
          DATA_DIR: dataDir,
        },
      },
    )
    const isReady = () =>
      fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      )
    await untilReady(worker, { isReady, timeoutMs })
    return new AgentDispatchClient(url.replace('ws', 'http'), apiKey, apiSecret)
  }

  /** Puts the apology on disk, as a job does while all is well. */
  const keep = () =>
    createSpokenLines({ dir: join(dataDir, 'spoken-lines'), maxBytes: 1e8 }).obtain(apology, {
      signal: new AbortController().signal,
      synthesizer: {
        async synthesize() {
          const pcm = (async function* () {
            yield tone(1500)
          })()
          return { firstByteMs: 1, cached: false, pcm }
        },
      },
    })

  it.each([
    ['says the line’s apology from disk', true],
    ['plays a tone when no word is on disk', false],
  ])(
    '%s and leaves, and the caller stays',
    async (_claim, isKept) => {
      if (isKept) await keep()
      const dispatcher = await start()
      const token = await livekit.token({ room: 'web_words', identity: 'caller', agent: 'nobody' })
      const caller = await callRoom({ url: livekit.url, token })
      const left = new Promise<string>((resolve) => {
        caller.room.on(RoomEvent.ParticipantDisconnected, ({ identity }) => resolve(identity))
      })
      const sound = caller.hears('sound')
      await dispatcher.createDispatch('web_words', agentName, { metadata: JSON.stringify(apology) })
      await sound
      expect(await left).toMatch(new RegExp(`^${lastWordsIdentity}`))
      expect(caller.loudFrames).toBeGreaterThan(isKept ? 100 : 60)
      expect(caller.room.isConnected).toBe(true)
      expect(worker?.output()).not.toContain(apology.text)
      await caller.hangUp()
    },
    timeoutMs,
  )
})

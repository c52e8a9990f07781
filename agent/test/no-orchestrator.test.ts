import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { json } from 'node:stream/consumers'
import { DisconnectReason, dispose, RoomEvent } from '@livekit/rtc-node'
import { freePort, needs } from '@trunkline/testkit'
import { AccessToken, RoomAgentDispatch, RoomConfiguration } from 'livekit-server-sdk'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createLineMemory } from '../src/spoken-lines/line-memory.ts'
import { createSpokenLines } from '../src/spoken-lines/spoken-lines.ts'
import { startLivekit, type TestLivekit } from './livekit.ts'
import { callRoom } from './room-caller.ts'
import { tone } from './tone-router.ts'
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts'

const timeoutMs = 120_000
const say = (text: string) => ({ text, language: 'de', voice: 'Anna' })
const german = { language: 'de', apology: say('Verzeihung.'), bridging: say('Einen Moment.') }
const desk = '+494066969200'

/** livekit-sip's API, which keeps what it was asked and answers with `status`. */
async function startSipApi(status: number) {
  const asked: unknown[] = []
  const server = createServer((request, response) => {
    void json(request).then((body) => {
      asked.push(request.url, body)
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(status === 200 ? '{}' : '{"code":"resource_exhausted","msg":"busy"}')
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return { url: `http://127.0.0.1:${address.port}`, asked }
}

/** With neither orchestrator, tts-router nor asr-proxy anywhere: only livekit-server and the disk are left. */
describe('a call that no orchestrator welcomes', needs(['livekit-server', 'redis']), () => {
  let livekit: TestLivekit
  let dataDir: string

  beforeAll(async () => {
    livekit = await startLivekit()
    dataDir = await mkdtemp(join(tmpdir(), 'trunkline-alone-'))
    const memory = createLineMemory({ dir: join(dataDir, 'lines') })
    await memory.keep([{ number: '100' }], { ...german, transferTo: desk })
    await memory.keep([{ number: '200' }], german)
    const lines = createSpokenLines({ dir: join(dataDir, 'spoken-lines'), maxBytes: 1e8 })
    const { signal } = new AbortController()
    await lines.obtain(german.apology, { signal, synthesizer: { synthesize: sayTone } })
  }, timeoutMs)
  afterAll(async () => {
    await livekit?.stop()
    await rm(dataDir, { recursive: true, force: true })
    await dispose()
  }, timeoutMs)

  async function work(sipApiUrl: string): Promise<WorkerProcess> {
    const nowhere = await freePort()
    const worker = await startWorkerProcess({
      LIVEKIT_URL: livekit.url,
      LIVEKIT_API_KEY: livekit.apiKey,
      LIVEKIT_API_SECRET: livekit.apiSecret,
      LIVEKIT_SIP_API_URL: sipApiUrl,
      ORCHESTRATOR_URL: `http://127.0.0.1:${nowhere}`,
      TTS_ROUTER_URL: `http://127.0.0.1:${nowhere}`,
      ASR_PROXY_URI: `127.0.0.1:${nowhere}`,
      AGENT_TOKEN: 'token',
      DATA_DIR: dataDir,
    })
    onTestFinished(async () => {
      await worker.stop()
    })
    return worker
  }
  /** As livekit-sip brings a caller in, by the callee rule. */
  async function dial(room: string) {
    const { apiKey, apiSecret } = livekit
    const token = new AccessToken(apiKey, apiSecret, { identity: 'sip_caller' })
    token.addGrant({ roomJoin: true, room })
    token.kind = 'sip'
    token.roomConfig = new RoomConfiguration({
      agents: [new RoomAgentDispatch({ agentName: 'trunkline' })],
    })
    const caller = await callRoom({ url: livekit.url, token: await token.toJwt() })
    onTestFinished(() => caller.hangUp())
    const gone = new Promise<DisconnectReason>((resolve) => {
      caller.room.once(RoomEvent.Disconnected, resolve)
    })
    return { caller, gone }
  }

  it.each([
    ['hands the caller to the line’s people', 200, /the caller was handed over/],
    ['lets the caller go when those do not answer', 429, /could not be handed over/],
  ])(
    'says the line’s apology from disk and %s',
    async (_claim, status, logged) => {
      const sip = await startSipApi(status)
      const worker = await work(sip.url)
      const { caller, gone } = await dial('call_100_abc')
      await caller.hears('sound')
      expect(await gone).toBe(DisconnectReason.ROOM_DELETED)
      // The tone of the apology lasts longer than that of a line that is not known.
      expect(caller.loudFrames).toBeGreaterThan(120)
      expect(sip.asked).toEqual([
        '/twirp/livekit.SIP/TransferSIPParticipant',
        expect.objectContaining({
          roomName: 'call_100_abc',
          participantIdentity: 'sip_caller',
          transferTo: `tel:${desk}`,
        }),
      ])
      expect(worker.output()).toMatch(logged)
      expect(worker.output()).not.toContain(desk)
      expect(worker.output()).not.toContain(german.apology.text)
    },
    timeoutMs,
  )

  it(
    'asks nobody to take the caller of a line that names nobody',
    async () => {
      const sip = await startSipApi(200)
      await work(sip.url)
      const { caller, gone } = await dial('call_200_abc')
      await caller.hears('sound')
      expect(await gone).toBe(DisconnectReason.ROOM_DELETED)
      expect(caller.loudFrames).toBeGreaterThan(120)
      expect(sip.asked).toEqual([])
    },
    timeoutMs,
  )

  it(
    'gives a tone to the caller of a line that nobody has heard of',
    async () => {
      const sip = await startSipApi(200)
      const worker = await work(sip.url)
      const { caller, gone } = await dial('call_300_abc')
      await caller.hears('sound')
      expect(await gone).toBe(DisconnectReason.ROOM_DELETED)
      expect(worker.output()).toMatch(/only a tone/)
    },
    timeoutMs,
  )
})

async function sayTone() {
  const pcm = (async function* () {
    yield tone(2000)
  })()
  return { firstByteMs: 1, cached: false, pcm }
}

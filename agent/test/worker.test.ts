import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dispose } from '@livekit/rtc-node'
import { createDisposalStack, type DisposalStack } from '@trunkline/runtime'
import { needs } from '@trunkline/testkit'
import { AgentDispatchClient } from 'livekit-server-sdk'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startLivekit, type TestLivekit } from './livekit.ts'
import { type ManyCalls, startManyCalls } from './many-calls.ts'
import { callRoom, type RoomCaller } from './room-caller.ts'
import { type ScriptedAsr, startAsr } from './scripted-asr.ts'
import { startToneRouter, type ToneRouter } from './tone-router.ts'
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts'

const timeoutMs = 120_000

describe('a worker', needs(['livekit-server', 'redis']), () => {
  let parts: { livekit: TestLivekit; asr: ScriptedAsr; tts: ToneRouter }
  let dataDir: string
  let stack: DisposalStack
  let rooms = 0

  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'trunkline-worker-'))
    const [livekit, asr, tts] = [await startLivekit(), await startAsr(), await startToneRouter()]
    parts = { livekit, asr, tts }
  }, timeoutMs)
  afterAll(async () => {
    await parts?.tts.close()
    await parts?.asr.close()
    await parts?.livekit.stop()
    await rm(dataDir, { recursive: true, force: true })
    await dispose() // once: the native client does not come back after it
  }, timeoutMs)
  beforeEach(() => {
    stack = createDisposalStack()
  })
  afterEach(() => stack.close(), timeoutMs)

  async function orchestrate(options?: Parameters<typeof startManyCalls>[0]): Promise<ManyCalls> {
    const orchestrator = await startManyCalls(options)
    stack.defer(() => orchestrator.close())
    return orchestrator
  }
  async function work(
    orchestrator: ManyCalls,
    env: Readonly<Record<string, string>> = {},
  ): Promise<WorkerProcess> {
    const worker = await startWorkerProcess({
      LIVEKIT_URL: parts.livekit.url,
      LIVEKIT_API_KEY: parts.livekit.apiKey,
      LIVEKIT_API_SECRET: parts.livekit.apiSecret,
      ORCHESTRATOR_URL: orchestrator.url,
      AGENT_TOKEN: 'token',
      ASR_PROXY_URI: parts.asr.uri,
      TTS_ROUTER_URL: parts.tts.url,
      DATA_DIR: dataDir,
      ...env,
    })
    stack.defer(async () => {
      await worker.stop()
    })
    return worker
  }
  const nextRoom = () => {
    rooms += 1
    return `web_worker_${rooms}`
  }
  async function call(room = nextRoom()): Promise<RoomCaller> {
    const token = await parts.livekit.token({ room, identity: 'caller', agent: 'trunkline' })
    const caller = await callRoom({ url: parts.livekit.url, token })
    stack.defer(() => caller.hangUp())
    return caller
  }
  const dispatcher = () => {
    const { url, apiKey, apiSecret } = parts.livekit
    return new AgentDispatchClient(url.replace('ws', 'http'), apiKey, apiSecret)
  }
  const metric = async ({ url }: WorkerProcess, name: string) => {
    const text = await fetch(`${url}/metrics`).then((response) => response.text())
    const line = text.split('\n').find((one) => one.startsWith(`${name} `))
    return Number(line?.slice(name.length + 1))
  }
  const activeJobs = (worker: WorkerProcess) => metric(worker, 'agent_active_jobs')

  it(
    'that is told to stop lets its calls end by themselves while another takes the new ones',
    async () => {
      const orchestrator = await orchestrate()
      const first = await work(orchestrator, { AGENT_IDLE_PROCESSES: '2' })
      const callers = [await call(), await call()]
      await Promise.all(callers.map((caller) => caller.hears('sound')))
      expect(await activeJobs(first)).toBe(2)
      const second = await work(orchestrator)

      const stopped = first.stop('SIGTERM')
      await expect.poll(() => fetch(`${first.url}/readyz`).then(({ status }) => status)).toBe(503)
      first.signal('SIGTERM')
      await expect.poll(() => first.output()).toMatch(/still draining/)
      const late = await call()
      await late.hears('sound')
      expect(await activeJobs(second)).toBe(1)
      expect(await activeJobs(first)).toBe(2)
      expect(orchestrator.endings).toEqual([])
      expect(first.output()).not.toMatch(/idle process has exited/)

      for (const caller of callers) await caller.hangUp()
      expect(await stopped).toBe(0)
      expect(orchestrator.endings).toEqual(['caller-hangup', 'caller-hangup'])
      await late.hangUp()
      await expect.poll(() => orchestrator.endings.length).toBe(3)
    },
    timeoutMs,
  )

  it(
    'kills a job that stands still, and a job that is sent after it can be heard',
    async () => {
      const orchestrator = await orchestrate()
      const worker = await work(orchestrator)
      const [victim = 0] = worker.jobs()
      const room = nextRoom()
      const caller = await call(room)
      await caller.hears('sound')
      await expect.poll(() => worker.jobs().length).toBe(2)
      process.kill(victim, 'SIGSTOP')
      await expect.poll(() => worker.jobs().includes(victim)).toBe(false)
      expect(await metric(worker, 'agent_jobs_stalled_total')).toBe(1)
      expect(worker.output()).toMatch(/"fault":"stalled"/)
      // Only the job has died: its worker takes the next one into the same room.
      const again = caller.hears('sound')
      await dispatcher().createDispatch(room, 'trunkline')
      await again
      expect(await metric(worker, 'agent_jobs_orphaned_total')).toBe(0)
    },
    timeoutMs,
  )

  it(
    'kills a job whose process never begins with it, and is free for the next one',
    async () => {
      const orchestrator = await orchestrate()
      const worker = await work(orchestrator)
      const [idle = 0] = worker.jobs()
      process.kill(idle, 'SIGSTOP')
      const caller = await call()
      await expect.poll(() => worker.jobs().includes(idle)).toBe(false)
      expect(orchestrator.hellos).toEqual([])
      await expect.poll(() => activeJobs(worker)).toBe(0)
      await caller.hangUp()
      const next = await call()
      await next.hears('sound')
    },
    timeoutMs,
  )

  it(
    'accepts exactly as many jobs as it has slots when a hundred come at once',
    async () => {
      // Nobody is welcomed: the jobs that are taken wait for longer than it takes to refuse the others.
      const orchestrator = await orchestrate({ welcomes: () => false })
      // Under a name of its own: what it refuses is offered to every other worker of the name, later ones too.
      const crowd = 'trunkline-crowd'
      const sizes = { AGENT_SLOTS: '3', AGENT_IDLE_PROCESSES: '3' }
      const worker = await work(orchestrator, { ...sizes, AGENT_NAME: crowd })
      await expect.poll(() => worker.jobs().length, { timeout: 40_000 }).toBe(3)
      const names = Array.from({ length: 100 }, nextRoom)
      await Promise.all(names.map((name) => dispatcher().createDispatch(name, crowd)))
      await expect.poll(() => orchestrator.hellos.length).toBe(3)
      const answered = (answer: string) =>
        metric(worker, `agent_jobs_offered_total{answer="${answer}"}`)
      expect(await answered('accepted')).toBe(3)
      expect(await answered('full')).toBeGreaterThan(10)
      expect(await fetch(`${worker.url}/readyz`).then(({ status }) => status)).toBe(503)
      for (const name of names) await parts.livekit.deleteRoom(name)
    },
    timeoutMs,
  )

  it(
    'gives up a process that takes more memory than it may',
    async () => {
      const worker = await work(await orchestrate(), { AGENT_JOB_MEMORY_MB: '128' })
      const [heavy = 0] = worker.jobs()
      await expect.poll(() => worker.jobs().includes(heavy)).toBe(false)
      expect(worker.output()).toMatch(/exceeded memory limit/)
    },
    timeoutMs,
  )
})

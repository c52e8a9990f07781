import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { dispose } from '@livekit/rtc-node'
import { createDisposalStack } from '@trunkline/runtime'
import { startLivekit, type TestLivekit } from './livekit.ts'
import { type ScriptedAsr, startAsr } from './scripted-asr.ts'
import {
  type Script,
  type ScriptedOrchestrator,
  startOrchestrator,
} from './scripted-orchestrator.ts'
import { type Answer, startToneRouter, type ToneRouter } from './tone-router.ts'
import { startWorkerProcess, type WorkerProcess } from './worker-process.ts'

/** A real worker and livekit-server; what the worker talks to besides is scripted. */
export interface AgentWorld {
  readonly livekit: TestLivekit
  readonly asr: ScriptedAsr
  readonly tts: ToneRouter
  readonly orchestrator: ScriptedOrchestrator
  readonly worker: WorkerProcess
  /** The worker's DATA_DIR. */
  readonly dataDir: string
  close(): Promise<void>
}

export async function startAgentWorld(
  onMessage: NonNullable<Script['onMessage']>,
  { env = {}, answer }: { env?: Readonly<Record<string, string>>; answer?: Answer } = {},
): Promise<AgentWorld> {
  const stack = createDisposalStack()
  // The native client keeps the process alive otherwise.
  stack.defer(() => dispose())
  try {
    const dataDir = await mkdtemp(join(tmpdir(), 'trunkline-agent-'))
    stack.defer(() => rm(dataDir, { recursive: true, force: true }))
    const livekit = await startLivekit()
    stack.defer(() => livekit.stop())
    const asr = await startAsr()
    stack.defer(() => asr.close())
    const tts = await startToneRouter(answer && { answer })
    stack.defer(() => tts.close())
    const orchestrator = await startOrchestrator({ onMessage })
    stack.defer(() => orchestrator.close())
    const worker = await startWorkerProcess({
      LIVEKIT_URL: livekit.url,
      LIVEKIT_API_KEY: livekit.apiKey,
      LIVEKIT_API_SECRET: livekit.apiSecret,
      ORCHESTRATOR_URL: orchestrator.url,
      AGENT_TOKEN: 'token',
      ASR_PROXY_URI: asr.uri,
      TTS_ROUTER_URL: tts.url,
      DATA_DIR: dataDir,
      ...env,
    })
    stack.defer(async () => {
      await worker.stop()
    })
    return { livekit, asr, tts, orchestrator, worker, dataDir, close: () => stack.close() }
  } catch (error) {
    await stack.close()
    throw error
  }
}

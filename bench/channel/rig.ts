import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDisposalStack } from '@trunkline/runtime'
import {
  type AnsweredRequest,
  type FakeLiveKit,
  type NodeService,
  type SimulatedAgent,
  scriptedModelName,
  startFakeLiveKit,
  startNodeService,
  startPostgres,
  startRedis,
  startScriptedModel,
  startTcpProxy,
  type TcpProxy,
} from '@trunkline/testkit'
import { Redis } from 'ioredis'
import { repositoryRoot } from '../../scripts/paths.ts'
import { memoryFlags } from './memory.ts'

/** Orchestrators of the bench's own; LiveKit and the model are played by this process. */
export interface Rig {
  readonly url: string
  readonly orchestrators: readonly NodeService[]
  readonly balancer: TcpProxy
  readonly livekit: FakeLiveKit
  readonly redis: Redis
  /** Those that still have a channel, or look for one; they end with the rig. */
  readonly agents: Set<SimulatedAgent>
  /** Kills Redis and starts it again where it was, empty; resolves when it is back. */
  loseRedis(): Promise<void>
  /** Those that webhooks are signed with. */
  readonly livekitKeys: { readonly apiKey: string; readonly apiSecret: string }
  readonly tokens: { readonly agent: string; readonly operator: string }
  close(): Promise<void>
}

export interface RigOptions {
  readonly database: 'pglite' | 'postgres'
  readonly replicas?: number
  /** Its folder; the repository's own without. */
  readonly orchestrator?: string | undefined
  readonly onAnswered?: (request: AnsweredRequest) => void
  readonly sentenceMs?: number
  readonly env?: Readonly<Record<string, string>>
}

export async function startRig(options: RigOptions): Promise<Rig> {
  const { database, replicas = 1, onAnswered, sentenceMs = 0 } = options
  const stack = createDisposalStack()
  try {
    const secret = () => randomBytes(24).toString('hex')
    const tokens = { agent: secret(), operator: secret() }
    const keys = { apiKey: 'devkey', apiSecret: secret() }
    let server = await startRedis()
    stack.defer(() => server.stop())
    const loseRedis = async () => {
      const { port } = server
      await server.kill()
      server = await startRedis({ port })
    }
    const postgres = database === 'postgres' ? await startPostgres() : undefined
    if (postgres) stack.defer(() => postgres.stop())
    const dataDir = mkdtempSync(join(tmpdir(), 'trunkline-bench-'))
    stack.defer(() => rmSync(dataDir, { recursive: true, force: true }))
    const model = await startScriptedModel({ sentenceMs, ...(onAnswered && { onAnswered }) })
    stack.defer(() => model.close())
    const livekit = await startFakeLiveKit({ ...keys, departureTimeoutMs: 1000 })
    stack.defer(() => livekit.close())
    const env = {
      LOG_LEVEL: 'error',
      REDIS_URL: `${server.url}/1`,
      DATA_DIR: dataDir,
      ...(postgres && { DATABASE_URL: postgres.url }),
      LINES_DIR: join(repositoryRoot, 'bench', 'channel', 'lines'),
      LIVEKIT_URL: livekit.url,
      LIVEKIT_API_KEY: keys.apiKey,
      LIVEKIT_API_SECRET: keys.apiSecret,
      AGENT_TOKEN: tokens.agent,
      OPERATOR_TOKEN: tokens.operator,
      LLM_SERVICE_URL: model.url,
      LLM_MODEL: scriptedModelName,
      ...options.env,
    }
    const orchestrators: NodeService[] = []
    for (let index = 0; index < replicas; index += 1) {
      const orchestrator = await startNodeService({
        main: join(options.orchestrator ?? join(repositoryRoot, 'orchestrator'), 'src', 'main.ts'),
        ...{ portVariable: 'ORCHESTRATOR_PORT', env, nodeFlags: memoryFlags },
      })
      orchestrators.push(orchestrator)
      stack.defer(() => orchestrator.stop())
    }
    const balancer = await startTcpProxy(orchestrators.map(({ port }) => ({ port })))
    stack.defer(() => balancer.close())
    const agents = new Set<SimulatedAgent>()
    stack.defer(() => {
      for (const agent of agents) agent.kill()
    })
    const redis = new Redis(`${server.url}/1`)
    redis.on('error', () => {}) // a bench that kills Redis means to
    stack.defer(() => redis.disconnect())
    const [only] = orchestrators
    // A single one is spoken to directly: a balancer in this process would be part of the figure.
    const url = only && replicas === 1 ? only.url : `http://127.0.0.1:${balancer.port}`
    livekit.setWebhookUrls([`${url}/v1/livekit/webhook`])
    return {
      ...{
        agents,
        url,
        orchestrators,
        balancer,
        livekit,
        redis,
        loseRedis,
        tokens,
        livekitKeys: keys,
      },
      close: () => stack.close(),
    }
  } catch (error) {
    await stack.close()
    throw error
  }
}

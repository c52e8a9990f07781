import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { createDisposalStack } from '@trunkline/runtime'
import {
  type FakeLiveKit,
  type NodeService,
  type ScriptedModel,
  scriptedModelName,
  startFakeLiveKit,
  startNodeService,
  startPostgres,
  startRedis,
  startScriptedModel,
  startTcpProxy,
  type TcpProxy,
  type TestRedis,
} from '@trunkline/testkit'
import { Redis } from 'ioredis'

/** Real orchestrators, Redis and PostgreSQL; only LiveKit and the model are played. */
export interface World {
  /** What agents and operators connect to: a TCP balancer in front of the replicas. */
  readonly url: string
  readonly replicas: readonly NodeService[]
  readonly balancer: TcpProxy
  readonly livekit: FakeLiveKit
  readonly model: ScriptedModel
  /** Straight to Redis; the orchestrators' own way there is slower. */
  readonly redis: Redis
  /** The orchestrators' way to Redis. */
  readonly wire: TcpProxy
  readonly tokens: { readonly agent: string; readonly operator: string; readonly events: string }
  close(): Promise<void>
}

export interface WorldOptions {
  readonly replicas: number
  /** Folder of the orchestrator to run: the repository's, or a copy with a fault in it. */
  readonly orchestrator?: string
  readonly random?: () => number
  readonly sentenceMs?: number
  readonly env?: Readonly<Record<string, string>>
  /** A Redis of the test's own, which it may kill; it ends with the world all the same. */
  readonly redisServer?: TestRedis
}

/** A machine that is busy with other tests lets a living job wait; how soon a dead one is replaced is for the benches. */
const deadAfterMs = 750

/** What Redis is further away than the agents: a sentence that is sent before it is stored shows. */
const redisDelayMs = 3
const ownOrchestrator = fileURLToPath(new URL('../..', import.meta.url))

export async function startWorld(options: WorldOptions): Promise<World> {
  const { replicas: count, orchestrator = ownOrchestrator, sentenceMs = 15 } = options
  const stack = createDisposalStack()
  try {
    const secret = () => randomBytes(24).toString('hex')
    const tokens = { agent: secret(), operator: secret(), events: secret() }
    const keys = { apiKey: 'devkey', apiSecret: secret() }
    const [server, postgres] = await Promise.all([
      options.redisServer ?? startRedis(),
      startPostgres(),
    ])
    stack.defer(() => server.stop())
    stack.defer(() => postgres.stop())
    const wire = await startTcpProxy([{ port: server.port }])
    wire.setFault({ delayMs: redisDelayMs })
    stack.defer(() => wire.close())
    const model = await startScriptedModel({ sentenceMs })
    stack.defer(() => model.close())
    const livekit = await startFakeLiveKit({
      ...keys,
      ...(options.random && { random: options.random }),
      ...{ departureTimeoutMs: 2000, webhookRetryMs: 100 },
    })
    stack.defer(() => livekit.close())
    const env = {
      LOG_LEVEL: 'warn',
      AGENT_DEAD_AFTER_MS: String(deadAfterMs),
      REDIS_URL: `redis://127.0.0.1:${wire.port}/1`,
      DATABASE_URL: postgres.url,
      LINES_DIR: fileURLToPath(new URL('lines', import.meta.url)),
      LIVEKIT_URL: livekit.url,
      LIVEKIT_API_KEY: keys.apiKey,
      LIVEKIT_API_SECRET: keys.apiSecret,
      AGENT_TOKEN: tokens.agent,
      OPERATOR_TOKEN: tokens.operator,
      EVENTS_TOKEN: tokens.events,
      LLM_SERVICE_URL: model.url,
      LLM_MODEL: scriptedModelName,
      ...options.env,
    }
    const start = () =>
      startNodeService({
        main: `${orchestrator}/src/main.ts`,
        portVariable: 'ORCHESTRATOR_PORT',
        env,
      })
    // One after the other: the first one migrates the database.
    const replicas: NodeService[] = []
    for (let index = 0; index < count; index += 1) {
      const replica = await start()
      replicas.push(replica)
      stack.defer(() => replica.stop())
    }
    const balancer = await startTcpProxy(replicas.map(({ port }) => ({ port })))
    stack.defer(() => balancer.close())
    const url = `http://127.0.0.1:${balancer.port}`
    livekit.setWebhookUrls([`${url}/v1/livekit/webhook`])
    const redis = new Redis(`${server.url}/1`)
    stack.defer(() => redis.disconnect())
    redis.on('error', () => {}) // a test that kills Redis means to
    return {
      url,
      replicas,
      balancer,
      livekit,
      model,
      redis,
      wire,
      tokens,
      close: () => stack.close(),
    }
  } catch (error) {
    await stack.close()
    throw error
  }
}

import { createHealthService, HealthDefinition, type HealthService } from '@trunkline/riva'
import { buildOrClose, closeHttp, type DisposalStack } from '@trunkline/runtime'
import { healthRoutes, type Logger } from '@trunkline/telemetry'
import fastify from 'fastify'
import { createServer, type Server } from 'nice-grpc'
import type { Config } from './config.ts'
import { createMetrics } from './metrics.ts'
import { createReadiness, type Readiness } from './readiness.ts'
import { createRecognition } from './recognition.ts'
import { createUpstream, rawRecognition } from './upstream.ts'

export interface Service {
  /** HTTP: health and metrics. */
  readonly url: string
  /** gRPC: `host:port`. */
  readonly grpcUri: string
  close(): Promise<void>
}

const healthEveryMs = 2_000

/** Builds the proxy and listens. @throws when a port is taken */
export function createService(
  config: Config,
  { logger }: { readonly logger: Logger },
): Promise<Service> {
  return buildOrClose((stack) => startService(config, { logger, stack }))
}

async function startService(
  config: Config,
  { logger, stack }: { readonly logger: Logger; readonly stack: DisposalStack },
): Promise<Service> {
  const metrics = createMetrics()
  const upstream = createUpstream(config.riva)
  stack.defer(() => upstream.close())
  const readiness = createReadiness(upstream, { now: () => performance.now() })
  const health = createHealthService()

  const grpc = createServer({
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
  })
  grpc.add(rawRecognition, createRecognition({ upstream, metrics, logger }))
  grpc.add(HealthDefinition, health.implementation)
  const port = await grpc.listen(`${config.grpc.host}:${config.grpc.port}`)
  stack.defer(() => drain(grpc, config.drainMs))

  let draining = false
  const unreadyReason = async () => (draining ? 'draining' : readiness.unreadyReason())
  stack.defer(keepHealth(health, { unreadyReason }))

  const app = fastify({ logger: false, forceCloseConnections: 'idle' })
  stack.defer(() => closeHttp(app, { drainMs: 500 }))
  await app.register(healthRoutes({ registry: metrics.registry, unreadyReason }))
  const url = await app.listen(config.http)
  return {
    url,
    grpcUri: `${config.grpc.host}:${port}`,
    close() {
      draining = true
      health.set('', 'not-serving')
      return stack.close()
    },
  }
}

/** Tells gRPC's health service every two seconds what `/readyz` would say. */
function keepHealth(health: HealthService, { unreadyReason }: Readiness): () => void {
  const tell = async () => {
    health.set('', (await unreadyReason()) === undefined ? 'serving' : 'not-serving')
  }
  void tell() // never rejects: unreadyReason answers with a reason
  const timer = setInterval(() => void tell(), healthEveryMs)
  return () => clearInterval(timer)
}

/** No new streams; running ones may end by themselves for as long as a call may last. */
async function drain(server: Server, ms: number): Promise<void> {
  const timer = setTimeout(() => server.forceShutdown(), ms)
  await server.shutdown()
  clearTimeout(timer)
}

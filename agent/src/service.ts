import { createDisposalStack } from '@trunkline/runtime'
import { healthRoutes, type Logger } from '@trunkline/telemetry'
import fastify from 'fastify'
import type { Config } from './config.ts'
import { createMetrics } from './metrics.ts'
import { startWorker } from './worker/worker.ts'

export interface Service {
  /** Of `/healthz`, `/readyz` and `/metrics`. */
  readonly url: string
  close(): Promise<void>
  /** To be told of a signal that comes while it closes: says in the log why it goes on. */
  stillClosing(signal: string): void
}

export interface Deps {
  readonly logger: Logger
  /** Told when the worker cannot go on; the process is then of no use. */
  readonly onFailed?: (error: unknown) => void
}

/** Starts the worker and its health server. */
export async function createService(
  config: Config,
  { logger, onFailed = (error) => logger.error({ err: error }, 'worker failed') }: Deps,
): Promise<Service> {
  const stack = createDisposalStack()
  const metrics = createMetrics({
    slots: config.worker.slots,
    activeJobs: () => worker.activeJobs(),
  })
  const worker = await startWorker(config, {
    ...{ logger, onFailed },
    onAnswered: metrics.jobAnswered,
    onFault: metrics.jobFailed,
  })
  const app = fastify({ logger: false, forceCloseConnections: true })
  // Closed last: while calls drain, their worker is still watched and scraped.
  stack.defer(() => app.close())
  stack.defer(() => worker.close())
  await app.register(
    healthRoutes({ registry: metrics.registry, unreadyReason: () => worker.unreadyReason() }),
  )
  const url = await app.listen(config.http)
  return {
    url,
    close: () => stack.close(),
    stillClosing(signal) {
      const limits = { activeJobs: worker.activeJobs(), limitMs: config.maxCallMs }
      logger.warn({ signal, ...limits }, 'still draining: calls end by themselves or at the limit')
    },
  }
}

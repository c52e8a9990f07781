import type { FastifyPluginAsync } from 'fastify'
import type { Registry } from 'prom-client'

export interface HealthOptions {
  readonly registry: Registry
  /** Why no new calls may come now, or undefined when they may. */
  readonly unreadyReason: () => string | undefined | Promise<string | undefined>
}

/** `/healthz` (alive), `/readyz` (may take calls) and `/metrics` (Prometheus text). */
export const healthRoutes =
  ({ registry, unreadyReason }: HealthOptions): FastifyPluginAsync =>
  async (app) => {
    app.get('/healthz', async () => ({ status: 'ok' }))
    app.get('/readyz', async (_request, reply) => {
      const reason = await unreadyReason()
      if (reason === undefined) return { status: 'ready' }
      return reply.code(503).send({ status: 'unready', reason })
    })
    app.get('/metrics', async (_request, reply) =>
      reply.type(registry.contentType).send(await registry.metrics()),
    )
  }

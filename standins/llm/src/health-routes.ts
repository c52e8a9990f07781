import type { FastifyInstance } from 'fastify'
import type { Metrics } from './metrics.ts'

/** Health as a NIM answers it and as the project's services do, and the figures for Prometheus. */
export function healthRoutes(deps: { metrics: Metrics }) {
  return async (app: FastifyInstance): Promise<void> => {
    const live = async () => ({ object: 'health.response', message: 'Service is live.' })
    const ready = async () => ({ object: 'health.response', message: 'Service is ready.' })
    app.get('/healthz', live)
    app.get('/v1/health/live', live)
    app.get('/readyz', ready)
    app.get('/v1/health/ready', ready)
    for (const path of ['/metrics', '/v1/metrics']) {
      app.get(path, async (_request, reply) =>
        reply.type(deps.metrics.contentType).send(await deps.metrics.render()),
      )
    }
  }
}

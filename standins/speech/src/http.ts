import { healthRoutes, type Registry } from '@trunkline/telemetry'
import fastify, { type FastifyInstance } from 'fastify'
import type { AsrEngines } from './asr/engines.ts'
import { asrModels } from './asr/models.ts'
import { transcriptionRoutes } from './transcriptions.ts'

export interface HttpDeps {
  readonly engines: AsrEngines
  readonly registry: Registry
  readonly unreadyReason: () => string | undefined
}

/** Health and metrics, NIM's health paths, and OpenAI's transcriptions. */
export async function createHttp({
  engines,
  registry,
  unreadyReason,
}: HttpDeps): Promise<FastifyInstance> {
  const app = fastify({ forceCloseConnections: true })
  await app.register(healthRoutes({ registry, unreadyReason }))
  app.get('/v1/health/live', async () => ({ status: 'live' }))
  app.get('/v1/health/ready', async (_request, reply) => {
    if (unreadyReason() === undefined) return { status: 'ready' }
    return reply.code(503).send({ status: 'unready' })
  })
  app.get('/v1/models', async () => ({
    object: 'list',
    data: asrModels.map(({ modelName }) => ({ id: modelName, object: 'model', owned_by: 'local' })),
  }))
  await app.register(transcriptionRoutes({ engines }))
  return app
}

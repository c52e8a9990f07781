import { intakeSchemas } from '@trunkline/contracts'
import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { OrchestratorError } from '../errors.ts'

/** `GET /v1/schemas/{name}.json`: the JSON Schema of what the event routes take and answer. */
export const schemasRoute = (): FastifyPluginAsync => async (app) => {
  const documents = new Map(
    Object.entries(intakeSchemas).map(([name, schema]) => [
      `${name}.json`,
      { title: name, ...z.toJSONSchema(schema, { io: 'input' }) },
    ]),
  )
  app.get<{ Params: { file: string } }>('/v1/schemas/:file', async (request, reply) => {
    const document = documents.get(request.params.file)
    if (!document) throw new OrchestratorError('not-found', 'there is no schema of this name')
    return reply.header('content-type', 'application/schema+json').send(JSON.stringify(document))
  })
}

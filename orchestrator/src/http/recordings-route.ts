import { type DueRecordings, dueQuery, goneRecordings } from '@trunkline/contracts'
import type { FastifyPluginAsync } from 'fastify'
import type { RecordingsDue } from '../records/due-recordings.ts'
import type { AuthorizeHook } from './authorize.ts'
import { readInput } from './read-input.ts'

export interface RecordingsRouteDeps {
  /** Lets agents in. */
  readonly onRequest: AuthorizeHook
  readonly due: RecordingsDue
}

/** How agents, who have the storage, learn which recordings to delete, and say that they have. */
export const recordingsRoute =
  ({ onRequest, due }: RecordingsRouteDeps): FastifyPluginAsync =>
  async (app) => {
    app.get('/v1/recordings/due', { onRequest }, (request): Promise<DueRecordings> => {
      return due.list(readInput(dueQuery, request.query, 'query'))
    })
    app.post('/v1/recordings/gone', { onRequest }, async (request, reply) => {
      const { ids } = readInput(goneRecordings, request.body)
      await due.gone(ids)
      return reply.code(204).send()
    })
  }

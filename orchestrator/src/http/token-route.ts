import { tokenRequest } from '@trunkline/contracts'
import type { FastifyPluginAsync } from 'fastify'
import type { Config } from '../config.ts'
import { OrchestratorError } from '../errors.ts'
import type { LineStore } from '../lines/line-store.ts'
import { createPhoneToken } from '../livekit/phone-token.ts'
import { readInput } from './read-input.ts'

export interface TokenRouteDeps {
  readonly mode: Config['mode']
  readonly livekit: Config['livekit']
  readonly lines: Pick<LineStore, 'byId' | 'all'>
}

/** `POST /v1/token`: LiveKit's token endpoint; room and dispatch are the server's choice. Local mode only. */
export const tokenRoute =
  ({ mode, livekit, lines }: TokenRouteDeps): FastifyPluginAsync =>
  async (app) => {
    app.post('/v1/token', async (request, reply) => {
      if (mode !== 'local') {
        const message =
          'tokens are given out in local mode only; make them where your callers log in'
        throw new OrchestratorError('forbidden', message)
      }
      const wanted = readInput(tokenRequest, request.body ?? {})
      const line = wanted.line === undefined ? lines.all()[0] : lines.byId(wanted.line)
      if (!line) throw new OrchestratorError('not-found', 'there is no such line')
      const { apiKey, apiSecret, agentName, publicUrl } = livekit
      const name = wanted.participant_name
      const token = await createPhoneToken({ apiKey, apiSecret, agentName, lineId: line.id, name })
      // 201, as LiveKit's own clients and examples of this endpoint expect.
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send({ server_url: publicUrl, participant_token: token })
    })
  }

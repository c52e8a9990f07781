import type { FastifyPluginAsync } from 'fastify'
import { WebhookReceiver } from 'livekit-server-sdk'
import { OrchestratorError } from '../errors.ts'
import type { RoomEvents } from '../livekit/room-events.ts'

export interface WebhookRouteDeps {
  readonly apiKey: string
  readonly apiSecret: string
  readonly roomEvents: RoomEvents
}

/** `POST /v1/livekit/webhook`: LiveKit's events, signed by a JWT that holds the body's hash. */
export const webhookRoute =
  ({ apiKey, apiSecret, roomEvents }: WebhookRouteDeps): FastifyPluginAsync =>
  async (app) => {
    const receiver = new WebhookReceiver(apiKey, apiSecret)
    app.removeAllContentTypeParsers()
    // The signature is over the bytes as they came.
    app.addContentTypeParser(
      '*',
      { parseAs: 'string' },
      async (_request: unknown, body: unknown) => body,
    )
    app.post('/v1/livekit/webhook', async (request, reply) => {
      const body = typeof request.body === 'string' ? request.body : ''
      const event = await receiver
        .receive(body, request.headers.authorization ?? '')
        .catch((cause: unknown) => {
          throw new OrchestratorError('unauthorized', 'the signature does not fit', { cause })
        })
      roomEvents.take(event)
      return reply.code(204).send()
    })
  }

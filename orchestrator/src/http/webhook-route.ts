import type { FastifyPluginAsync } from 'fastify'
import { OrchestratorError } from '../errors.ts'
import type { WebhookIntake } from '../intake/webhook-intake.ts'
import { readWebhookEvent } from '../livekit/webhook-event.ts'
import { createWebhookVerifier } from '../livekit/webhook-signature.ts'

export interface WebhookRouteDeps {
  readonly apiKey: string
  readonly apiSecret: string
  readonly webhooks: Pick<WebhookIntake, 'take'>
  /** Epoch milliseconds. */
  readonly now: () => number
}

const maxAgeMs = 5 * 60_000
/** An event from a clock that is ahead of ours by more is not believed. */
const maxAheadMs = 60_000
const retryAfterSeconds = 1

/** `POST /v1/livekit/webhook`: LiveKit's events, signed by a JWT that holds the body's hash. Answered at once. */
export const webhookRoute =
  ({ apiKey, apiSecret, webhooks, now }: WebhookRouteDeps): FastifyPluginAsync =>
  async (app) => {
    const verify = createWebhookVerifier({ apiKey, apiSecret, now })
    app.removeAllContentTypeParsers()
    // The signature is over the bytes as they came.
    app.addContentTypeParser(
      'application/webhook+json',
      { parseAs: 'buffer' },
      (_request, body, done) => done(null, body),
    )
    app.post('/v1/livekit/webhook', (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      if (verify(body, request.headers.authorization ?? '') !== undefined) {
        // Not which part of it: that helps nobody but a forger.
        throw new OrchestratorError('unauthorized', 'the signature does not fit')
      }
      const event = readWebhookEvent(body)
      if (!event) throw new OrchestratorError('bad-request', 'not an event of livekit')
      const ageMs = now() - event.createdAt * 1000
      if (ageMs > maxAgeMs || ageMs < -maxAheadMs) {
        throw new OrchestratorError('unauthorized', 'createdAt: the event is too old')
      }
      if (!webhooks.take(event)) {
        reply.header('retry-after', retryAfterSeconds)
        throw new OrchestratorError('unavailable', 'too many webhooks wait already')
      }
      return reply.code(200).send()
    })
  }

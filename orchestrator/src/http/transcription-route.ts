import { transcriptionInput } from '@trunkline/contracts'
import type { FastifyPluginAsync } from 'fastify'
import { toExternalTranscript } from '../intake/to-call-event.ts'
import type { EventRouteDeps } from './call-event-route.ts'
import { sendReceipt } from './intake-reply.ts'
import { readInput } from './read-input.ts'

/** `POST /v1/livekit/transcription`: what another recogniser has heard. It goes on record and starts no turn. */
export const transcriptionRoute =
  ({ events, now }: EventRouteDeps): FastifyPluginAsync =>
  async (app) => {
    app.post('/v1/livekit/transcription', (request, reply) => {
      const input = readInput(transcriptionInput, request.body)
      const event = toExternalTranscript(input, now())
      return sendReceipt(reply, { id: input.id, accept: () => events.accept(event, input) })
    })
  }

import { callEventInput } from '@trunkline/contracts'
import type { FastifyPluginAsync } from 'fastify'
import type { EventIntake } from '../intake/event-intake.ts'
import { toExternalEvent } from '../intake/to-call-event.ts'
import { sendReceipt } from './intake-reply.ts'
import { readInput } from './read-input.ts'

export interface EventRouteDeps {
  readonly events: EventIntake
  /** Epoch milliseconds. */
  readonly now: () => number
}

/** `POST /call/event`: what another program knows about a call, for the call's record. */
export const callEventRoute =
  ({ events, now }: EventRouteDeps): FastifyPluginAsync =>
  async (app) => {
    app.post('/call/event', (request, reply) => {
      const input = readInput(callEventInput, request.body)
      const event = toExternalEvent(input, now())
      return sendReceipt(reply, { id: input.id, accept: () => events.accept(event, input) })
    })
  }

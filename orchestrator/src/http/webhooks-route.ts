import { deliveryQuery } from '@trunkline/contracts'
import type { FastifyPluginAsync } from 'fastify'
import { OrchestratorError } from '../errors.ts'
import type { Webhooks } from '../webhooks/create-webhooks.ts'
import { readInput } from './read-input.ts'

export interface WebhooksRouteDeps {
  readonly webhooks: Pick<Webhooks, 'list' | 'replay' | 'status' | 'switchOn'>
}

/** What the owners of lines were sent, for operators; the role is checked around it. */
export const webhooksRoute =
  ({ webhooks }: WebhooksRouteDeps): FastifyPluginAsync =>
  async (app) => {
    app.get('/v1/webhooks/deliveries', (request) =>
      webhooks.list(readInput(deliveryQuery, request.query)),
    )
    app.post<{ Params: { id: string } }>(
      '/v1/webhooks/deliveries/:id/replay',
      async (request, reply) => {
        const { id } = request.params
        const replay = /^\d{1,15}$/.test(id)
          ? await webhooks.replay(Number(id))
          : ({ kind: 'unknown' } as const)
        switch (replay.kind) {
          case 'replayed':
            return reply.code(202).send(replay.delivery)
          case 'unknown':
            throw new OrchestratorError('not-found', 'there is no delivery with this id')
          case 'not-dead':
            throw new OrchestratorError('conflict', `the delivery is ${replay.state}, not dead`)
        }
      },
    )
    app.get('/v1/webhooks/endpoints', async () => ({ endpoints: await webhooks.status() }))
    app.post<{ Params: { endpoint: string } }>(
      '/v1/webhooks/endpoints/:endpoint/enable',
      async (request) => {
        const { endpoint: id } = request.params
        const isKnown = (await webhooks.status()).some(({ endpoint }) => endpoint === id)
        if (!isKnown) throw new OrchestratorError('not-found', 'no line has this webhook')
        await webhooks.switchOn(id)
        return (await webhooks.status()).find(({ endpoint }) => endpoint === id)
      },
    )
  }

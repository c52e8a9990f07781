import { operatorAction } from '@trunkline/contracts'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { OperatorActions } from '../actions/operator-actions.ts'
import { principalOf } from './authorize.ts'
import { type Answer, type Idempotency, idempotencyKey } from './idempotency.ts'
import { readInput } from './read-input.ts'

export interface ActionsRouteDeps {
  readonly actions: Pick<OperatorActions, 'act'>
  readonly idempotency: Idempotency
}

/** `POST /v1/calls/{id}/actions`: what operators do to a call. */
export const actionsRoute =
  ({ actions, idempotency }: ActionsRouteDeps): FastifyPluginAsync =>
  async (app) => {
    app.post<{ Params: { id: string } }>('/v1/calls/:id/actions', async (request, reply) => {
      const action = readInput(operatorAction, request.body)
      const { id } = request.params
      const answer = await answerOnce(request, idempotency, { id, action }, async () => {
        const body = await actions.act(id, action, principalOf(request))
        return { status: body.status === 'done' ? 200 : 202, body }
      })
      return reply.code(answer.status).header('cache-control', 'no-store').send(answer.body)
    })
  }

/** Does what a request asks for, once per `Idempotency-Key` if it has one. */
export async function answerOnce(
  request: FastifyRequest,
  idempotency: Idempotency,
  input: unknown,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const given = request.headers['idempotency-key']
  if (given === undefined) return await work()
  const key = readInput(idempotencyKey, given, 'Idempotency-Key')
  const owner = `${principalOf(request).name} ${request.method} ${request.routeOptions.url ?? ''}`
  return await idempotency.once({ owner, key, input }, work)
}

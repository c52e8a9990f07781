import { outboundCall } from '@trunkline/contracts'
import type { FastifyPluginAsync } from 'fastify'
import type { OperatorAudit } from '../actions/operator-actions.ts'
import { OrchestratorError } from '../errors.ts'
import type { Dialer } from '../outbound/dialer.ts'
import { answerOnce } from './actions-route.ts'
import { principalOf } from './authorize.ts'
import type { Idempotency } from './idempotency.ts'
import { readInput } from './read-input.ts'

export interface OutboundRouteDeps {
  readonly dialer: Dialer
  readonly idempotency: Idempotency
  readonly audit: (entry: OperatorAudit) => Promise<unknown>
  readonly now: () => number
}

/** `POST /v1/calls`: dials out. */
export const outboundRoute =
  ({ dialer, idempotency, audit, now }: OutboundRouteDeps): FastifyPluginAsync =>
  async (app) => {
    app.post('/v1/calls', async (request, reply) => {
      const call = readInput(outboundCall, request.body)
      const answer = await answerOnce(request, idempotency, call, async () => {
        const { name } = principalOf(request)
        try {
          const detail = { line: call.line }
          await audit({
            ...{ at: now(), actor: `operator:${name}`, target: '' },
            action: 'call-dial',
            detail,
          })
        } catch (cause) {
          throw new OrchestratorError('unavailable', 'the audit cannot be written', { cause })
        }
        return { status: 202, body: await dialer.dial(call) }
      })
      return reply.code(answer.status).header('cache-control', 'no-store').send(answer.body)
    })
  }

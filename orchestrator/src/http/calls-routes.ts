import { type CallRecord, type CallSummary, callQuery } from '@trunkline/contracts'
import type { FastifyPluginAsync } from 'fastify'
import type { CallRegistry } from '../calls/call-registry.ts'
import { OrchestratorError } from '../errors.ts'
import type { CallStore } from '../store/call-store.ts'
import { readInput } from './read-input.ts'

export interface CallsRoutesDeps {
  readonly registry: Pick<CallRegistry, 'get'>
  readonly store: Pick<CallStore, 'list' | 'read'>
}

/** `GET /v1/calls` and `GET /v1/calls/{id}`. */
export const callsRoutes =
  ({ registry, store }: CallsRoutesDeps): FastifyPluginAsync =>
  async (app) => {
    app.get('/v1/calls', async (request) => {
      const { calls, ...rest } = await store.list(readInput(callQuery, request.query))
      return { calls: calls.map(toSummary), ...rest }
    })
    app.get<{ Params: { id: string } }>('/v1/calls/:id', (request) =>
      readCall(request.params.id, { registry, store }),
    )
  }

/** A call of this process as it is now, any other as it was written. */
export async function readCall(
  id: string,
  {
    registry,
    store,
  }: CallsRoutesDeps | { registry: CallsRoutesDeps['registry']; store: Pick<CallStore, 'read'> },
): Promise<CallRecord> {
  const call = registry.get(id)?.record ?? (await store.read(id))?.call
  if (!call) throw new OrchestratorError('not-found', 'there is no call with this id')
  return call
}

function toSummary(call: CallRecord): CallSummary {
  const { turns: _turns, greeting: _greeting, greetingHeard: _heard, ...summary } = call
  return summary
}

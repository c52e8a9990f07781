import {
  type CallAnswer,
  type CallRecord,
  type CallSummary,
  callQuery,
  callSummary,
} from '@trunkline/contracts'
import type { FastifyPluginAsync } from 'fastify'
import type { CallRegistry } from '../calls/call-registry.ts'
import { OrchestratorError } from '../errors.ts'
import type { RecordReader } from '../records/read-records.ts'
import type { CallQuery, CallStore } from '../store/call-store.ts'
import { readInput } from './read-input.ts'

export interface CallsRoutesDeps {
  readonly registry: Pick<CallRegistry, 'get'>
  readonly store: Pick<CallStore, 'list' | 'read'>
  /** Knows calls that have left Redis; absent without a database. */
  readonly records?: RecordReader | undefined
}

export interface ReadCallDeps {
  readonly registry: CallsRoutesDeps['registry']
  readonly store: Pick<CallStore, 'read'>
  readonly records?: Pick<RecordReader, 'readCall'> | undefined
}

/** Cursors of calls that have left Redis: they are listed after those that have not. */
const recordsCursor = /^records\.(.*)$/

/** `GET /v1/calls` and `GET /v1/calls/{id}`. */
export const callsRoutes =
  ({ registry, store, records }: CallsRoutesDeps): FastifyPluginAsync =>
  async (app) => {
    app.get('/v1/calls', async (request) => {
      const query = readInput(callQuery, request.query)
      const [, position] = recordsCursor.exec(query.cursor ?? '') ?? []
      if (position !== undefined && records) return listRecords(query, position, { store, records })
      const { calls, nextCursor } = await store.list(query)
      const next = nextCursor ?? (records && 'records.')
      return { calls: calls.map(toSummary), ...(next === undefined ? {} : { nextCursor: next }) }
    })
    app.get<{ Params: { id: string } }>('/v1/calls/:id', async (request): Promise<CallAnswer> => {
      const call = await readCall(request.params.id, { registry, store, records })
      // While Postgres is away the call itself is still told.
      const details = await records?.readDetails(call.id).catch(() => undefined)
      return { ...call, ...details }
    })
  }

/** A page of the records, without the calls that Redis has listed already. */
async function listRecords(
  query: CallQuery,
  position: string,
  { store, records }: { store: CallsRoutesDeps['store']; records: RecordReader },
) {
  const { cursor: _cursor, ...filter } = query
  const page = await inRecords(() =>
    records.listCalls(position === '' ? filter : { ...filter, cursor: position }),
  )
  const live = await Promise.all(page.calls.map(({ id }) => store.read(id)))
  return {
    calls: page.calls.filter((_call, index) => live[index] === undefined).map(toSummary),
    ...(page.nextCursor === undefined ? {} : { nextCursor: `records.${page.nextCursor}` }),
  }
}

async function inRecords<T>(run: () => Promise<T>): Promise<T> {
  try {
    return await run()
  } catch (cause) {
    if (cause instanceof OrchestratorError) throw cause
    throw new OrchestratorError('unavailable', 'the records are away', { cause })
  }
}

/** A call of this process as it is now, any other as it was written; one that has left Redis from the records. */
export async function readCall(
  id: string,
  { registry, store, records }: ReadCallDeps,
): Promise<CallRecord> {
  const live = registry.get(id)?.record ?? (await store.read(id))?.call
  const call = live ?? (await inRecords(async () => records?.readCall(id)))
  if (!call) throw new OrchestratorError('not-found', 'there is no call with this id')
  return call
}

/** The contract's fields alone: what is kept besides may hold a number or words. */
function toSummary(call: CallRecord): CallSummary {
  return callSummary.parse(call)
}

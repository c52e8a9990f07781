import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { joinSignals, withSignals } from '@trunkline/runtime'
import type { FastifyPluginAsync } from 'fastify'
import { followEvents } from '../calls/follow-events.ts'
import { OrchestratorError } from '../errors.ts'
import type { CallStore, StoredEvent } from '../store/call-store.ts'
import { beforeFirst, isEventId } from '../store/event-id.ts'
import { type CallsRoutesDeps, readCall } from './calls-routes.ts'

export interface EventsRouteDeps {
  readonly registry: CallsRoutesDeps['registry']
  readonly store: Pick<CallStore, 'read' | 'readEvents' | 'watch'>
  /** Aborts when the service closes. */
  readonly signal: AbortSignal
  readonly heartbeatMs?: number
}

const maxFollowers = 500
/** A client that reads nothing for so long is gone. */
const drainTimeoutMs = 30_000

/** `GET /v1/calls/{id}/events`: the call's events as server-sent events, with `Last-Event-ID`, live until its end. */
export const eventsRoute =
  ({ registry, store, signal, heartbeatMs = 10_000 }: EventsRouteDeps): FastifyPluginAsync =>
  async (app) => {
    let followers = 0
    app.get<{ Params: { id: string } }>('/v1/calls/:id/events', async (request, reply) => {
      const after = request.headers['last-event-id'] ?? beforeFirst
      if (typeof after !== 'string' || !isEventId(after)) {
        throw new OrchestratorError('bad-request', 'Last-Event-ID: not the id of an event')
      }
      const { id: callId } = await readCall(request.params.id, { registry, store })
      if (followers >= maxFollowers) {
        throw new OrchestratorError('unavailable', 'too many clients follow calls already')
      }
      followers += 1
      const gone = new AbortController()
      const { signal: stop, release } = joinSignals([signal, gone.signal])
      reply.raw.once('close', () => gone.abort())
      reply.hijack()
      try {
        const events = followEvents(store, { callId, after, heartbeatMs, signal: stop })
        await sendEvents(reply.raw, events, stop)
      } catch (error) {
        // The answer has begun: the client comes back with Last-Event-ID, and is told then.
        if (!stop.aborted) request.log.warn({ err: error }, 'following a call broke off')
      } finally {
        release()
        followers -= 1
        reply.raw.end()
      }
    })
  }

async function sendEvents(
  raw: ServerResponse,
  events: AsyncIterable<StoredEvent | undefined>,
  signal: AbortSignal,
): Promise<void> {
  raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  raw.flushHeaders()
  for await (const entry of events) {
    const text = entry
      ? `id: ${entry.id}\nevent: ${entry.event.type}\ndata: ${JSON.stringify(entry.event)}\n\n`
      : ': heartbeat\n\n'
    if (raw.write(text)) continue
    await withSignals([signal], { timeoutMs: drainTimeoutMs }, (limited) =>
      once(raw, 'drain', { signal: limited }),
    )
  }
}

import { healthRoutes, type Logger, type Registry } from '@trunkline/telemetry'
import {
  type FastifyInstance,
  type FastifyPluginAsync,
  type FastifyReply,
  type FastifyRequest,
  fastify,
} from 'fastify'
import type { CallRegistry } from '../calls/call-registry.ts'
import type { Config } from '../config.ts'
import { toHttpFault } from '../errors.ts'
import type { Intake } from '../intake/intake.ts'
import type { LineStore } from '../lines/line-store.ts'
import type { Metrics } from '../metrics.ts'
import type { Readiness } from '../readiness.ts'
import type { StartedRecords } from '../records/start-records.ts'
import { createCredentials } from '../security/credentials.ts'
import type { CallStore } from '../store/call-store.ts'
import type { Webhooks } from '../webhooks/create-webhooks.ts'
import { createAuthorize, createIdentify } from './authorize.ts'
import { callEventRoute } from './call-event-route.ts'
import { callsRoutes } from './calls-routes.ts'
import { channelRoute } from './channel-route.ts'
import { erasuresRoute } from './erasures-route.ts'
import { eventsRoute } from './events-route.ts'
import { addGuards } from './guards.ts'
import { linesRoute } from './lines-route.ts'
import { phoneRoute } from './phone-route.ts'
import { recordingsRoute } from './recordings-route.ts'
import { schemasRoute } from './schemas-route.ts'
import { tokenRoute } from './token-route.ts'
import { transcriptionRoute } from './transcription-route.ts'
import { webhookRoute } from './webhook-route.ts'
import { webhooksRoute } from './webhooks-route.ts'

export interface HttpDeps {
  readonly config: Config
  readonly logger: Logger
  readonly metricsRegistry: Registry
  readonly metrics: Metrics
  readonly readiness: Readiness
  readonly registry: CallRegistry
  readonly store: CallStore
  readonly lines: LineStore
  readonly intake: Intake
  /** Absent without a database. */
  readonly webhooks?: Webhooks
  /** Absent without a database. */
  readonly records?: StartedRecords
  /** Told of every route, for a test that compares them with docs/orchestrator-api.md. */
  readonly onRoute?: ((route: { method: string | string[]; url: string }) => void) | undefined
  /** What operators do to calls. */
  readonly operatorRoutes: FastifyPluginAsync
  readonly now: () => number
  /** Aborts when the service closes. */
  readonly signal: AbortSignal
}

/** A webhook with a full room is the largest body there is. */
const maxBodyBytes = 256 * 1024

/** Every route of the orchestrator, each behind what it needs. */
export async function createHttp(deps: HttpDeps): Promise<FastifyInstance> {
  const { config, logger, registry, store, lines, metrics, signal } = deps
  const answerFault = (error: unknown, request: FastifyRequest, reply: FastifyReply) => {
    const { status, body } = toHttpFault(error)
    const route = request.routeOptions.url
    if (status === 500) logger.error({ err: error, route }, 'request failed')
    return reply.code(status).send(body)
  }
  const app = fastify({
    bodyLimit: maxBodyBytes,
    forceCloseConnections: true,
    trustProxy: [...config.http.trustedProxies],
    frameworkErrors: (error, request, reply) => void answerFault(error, request, reply),
  })
  const { onRoute } = deps
  if (onRoute) app.addHook('onRoute', ({ method, url }) => onRoute({ method, url }))
  // Bodies are JSON. Text would be taken by default.
  app.removeContentTypeParser('text/plain')
  app.setErrorHandler(answerFault)
  app.setNotFoundHandler((_request, reply) =>
    reply.code(404).send({ error: { code: 'not-found', message: 'there is nothing here' } }),
  )

  const { tokens, jwt } = config
  const identify = createIdentify(createCredentials({ tokens, jwt, now: deps.now }))
  const authorize = createAuthorize(identify)
  await addGuards(app, { identify, limits: config.rateLimits })
  await app.register(
    healthRoutes({ registry: deps.metricsRegistry, unreadyReason: deps.readiness.reason }),
  )
  await app.register(
    channelRoute({
      ...{ onRequest: authorize('agent'), registry, metrics, logger, now: deps.now },
    }),
  )
  if (deps.records) {
    const { recordingsDue: due } = deps.records
    await app.register(recordingsRoute({ onRequest: authorize('agent'), due }))
  }
  await app.register(linesRoute({ onRequest: authorize('agent'), lines }))
  await app.register(async (operators) => {
    operators.addHook('onRequest', authorize('operator'))
    await operators.register(callsRoutes({ registry, store, records: deps.records }))
    await operators.register(eventsRoute({ registry, store, signal }))
    await operators.register(deps.operatorRoutes)
    const { webhooks } = deps
    if (webhooks) await operators.register(webhooksRoute({ webhooks }))
    if (deps.records) await operators.register(erasuresRoute(deps.records))
  })
  await app.register(async (senders) => {
    senders.addHook('onRequest', authorize('events'))
    const { events } = deps.intake
    await senders.register(callEventRoute({ events, now: deps.now }))
    await senders.register(transcriptionRoute({ events, now: deps.now }))
  })
  await app.register(schemasRoute())
  const { apiKey, apiSecret } = config.livekit
  await app.register(
    webhookRoute({ apiKey, apiSecret, webhooks: deps.intake.webhooks, now: deps.now }),
  )
  await app.register(tokenRoute({ mode: config.mode, livekit: config.livekit, lines }))
  if (config.mode === 'local') {
    await app.register(phoneRoute({ livekitUrl: config.livekit.publicUrl }))
  }
  return app
}

import { randomUUID } from 'node:crypto'
import { createRedactor } from '@trunkline/privacy'
import { createDisposalStack, epochNow } from '@trunkline/runtime'
import { createLogger, createRegistry, type Logger } from '@trunkline/telemetry'
import { createOperatorDesk, openDialResults } from './actions/operator-desk.ts'
import { createCallRegistry } from './calls/call-registry.ts'
import { closeForgotten } from './calls/close-forgotten.ts'
import type { Config } from './config.ts'
import { type AgentDispatch, createAgentDispatch } from './dispatch/agent-dispatch.ts'
import { createCallWatcher } from './dispatch/create-call-watcher.ts'
import type { DispatcherTimes } from './dispatch/dispatcher.ts'
import { createFrontDesk, type FrontDesk } from './front-desk.ts'
import { readCall } from './http/calls-routes.ts'
import { createHttp } from './http/http.ts'
import type { ExternalTranscript } from './intake/call-inbox.ts'
import { createIntake } from './intake/intake.ts'
import { createCallerIntents } from './intents/caller-intents.ts'
import { createAdmission } from './limits/admission.ts'
import { createCostBook } from './limits/cost-book.ts'
import { createSlots } from './limits/slots.ts'
import { createRoomReconciler } from './livekit/reconcile/create-reconciler.ts'
import { createRoomEvents } from './livekit/room-events.ts'
import type { RoomInfo } from './livekit/room-info.ts'
import { createRooms, type Rooms } from './livekit/rooms.ts'
import { createMetrics } from './metrics.ts'
import { watchReadiness } from './readiness.ts'
import { appendAudit } from './records/audit.ts'
import { createPrices, type Prices } from './records/prices.ts'
import { startRecords } from './records/start-records.ts'
import { becomeReady, createRedis } from './store/redis.ts'
import { createRedisCallStore } from './store/redis-call-store.ts'
import { createWebhooks, type WebhookTiming } from './webhooks/create-webhooks.ts'

export { type Config, readConfig } from './config.ts'

/** What a test may bring instead of the real thing. */
export interface Overrides {
  readonly logger?: Logger
  readonly frontDesk?: FrontDesk
  readonly rooms?: Rooms
  /** Sends agents; with `rooms` brought and without this, nobody is sent and lost calls end. */
  readonly agents?: AgentDispatch
  readonly dispatchTimes?: Partial<DispatcherTimes>
  /** How long a lost channel may take to come back; 10 s by default. */
  readonly channelGraceMs?: number
  /** How long the channel may take to say what a webhook has said already; 3 s by default. */
  readonly webhookGraceMs?: number
  /** How long owners' webhooks take and wait. */
  readonly webhookTiming?: Partial<WebhookTiming>
  /** What engines cost, without a database. */
  readonly prices?: Prices
  /** How often rooms and calls are compared; 3 s by default, and never with `rooms` brought. */
  readonly reconcileMs?: number
  /** Told of every route of the HTTP API. */
  readonly onRoute?: (route: { method: string | string[]; url: string }) => void
  /** Told of every room with a caller, as often as it is seen. */
  readonly onRoomSeen?: (room: RoomInfo) => void
  /** Given each final transcript of another recogniser's, once it is on record. */
  readonly onTranscript?: (transcript: ExternalTranscript) => void
  /** Given LiveKit's `EgressInfo` (protojson) when a recording has ended. */
  readonly onEgressEnded?: (info: Readonly<Record<string, unknown>>) => void
}

export interface Service {
  /** `http://host:port` with the port that was really taken. */
  readonly url: string
  close(): Promise<void>
}

const channelGraceMs = 10_000
/** For calls of a line that has been removed since. */
const unknownLineTtlSeconds = 3600
const webhookGraceMs = 3000
const firstConnectMs = 2000
const reconcileIntervalMs = 3000

/** Builds the orchestrator in order and listens. @throws when a part of it cannot start */
export async function createService(config: Config, overrides: Overrides = {}): Promise<Service> {
  const stack = createDisposalStack()
  try {
    return await startService(config, overrides, stack)
  } catch (error) {
    await stack.close()
    throw error
  }
}

async function startService(
  config: Config,
  overrides: Overrides,
  stack: ReturnType<typeof createDisposalStack>,
): Promise<Service> {
  const logger = overrides.logger ?? createLogger('orchestrator', config.log)
  const now = epochNow
  const metricsRegistry = createRegistry()
  const metrics = createMetrics(metricsRegistry, { models: [config.llm.model] })
  const closing = new AbortController()
  const redactor = createRedactor({ onRedacted: metrics.redacted })
  const redact = (text: string, language?: string) =>
    redactor.redact(text, language === undefined ? {} : { language }).text
  const intents = createCallerIntents({ onIntent: metrics.callerIntent })

  const frontDesk =
    overrides.frontDesk ??
    (await createFrontDesk(config, {
      ...{ logger, metrics, now, stack },
      onLateEffect: (late) => registry.get(late.callId)?.takeLateEffect(late),
    }))
  const { lines, dialogue, database } = frontDesk
  // Word lists are made at first use, some 50 ms each: not while a caller speaks.
  const spoken = new Set(lines.all().flatMap((line) => Object.keys(line.languages)))
  for (const language of [undefined, ...spoken]) redact('', language)
  const webhooks =
    database &&
    createWebhooks({
      ...{ client: database.client, lines, linesDir: config.lines.dir, metrics, logger, now },
      ...{ settings: config.webhooks, region: config.region, redact },
      ...(overrides.webhookTiming && { timing: overrides.webhookTiming }),
    })
  stack.defer(() => webhooks?.close())
  const holder = randomUUID()
  const records =
    database &&
    (await startRecords({
      ...{ database, redisUrl: config.redis.url, holder, lines, metrics, logger, now, redact },
      settings: { mode: config.mode, dataDir: config.database.dataDir, ...config.records },
      onRecorded: webhooks?.enqueue,
      onCommitted: webhooks?.wake,
    }))
  stack.defer(() => records?.close())
  const store = createRedisCallStore({
    url: config.redis.url,
    logger,
    holder,
    onDropped: metrics.eventDropped,
    ...(records && { records: records.sink }),
  })
  stack.defer(() => store.close())
  await store.becomeReady({ timeoutMs: firstConnectMs }) // without it we start all the same, unready
  const { url, apiKey, apiSecret, redisUrl } = config.livekit
  const rooms = overrides.rooms ?? createRooms({ url, apiKey, apiSecret, redisUrl, logger })
  stack.defer(() => rooms.close())

  const agents =
    overrides.agents ??
    (overrides.rooms ? undefined : createAgentDispatch({ url, apiKey, apiSecret }))
  const watcher =
    agents &&
    createCallWatcher({
      ...{ agents, rooms, store, lines, metrics, logger, now, ...config.dispatch },
      ...{ agentName: config.livekit.agentName, times: overrides.dispatchTimes },
      isOurs: (roomSid) => registry.findByRoom(roomSid) !== undefined,
    })
  const limitsRedis = createRedis(config.redis.url, { logger })
  stack.defer(() => limitsRedis.disconnect())
  if (store.isReady) await becomeReady(limitsRedis, { timeoutMs: firstConnectMs })
  const admission = createAdmission({
    ...{ lines, metrics, logger, now, ...config.calls },
    slots: createSlots(limitsRedis),
    becomeReady: (options) => becomeReady(limitsRedis, options),
    costs: createCostBook(records?.prices ?? overrides.prices ?? createPrices()),
    modelFault: () => readiness.modelFault(),
    readEvents: (callId, options) => store.readEvents(callId, options),
  })
  stack.defer(() => admission.close())
  const dialResults = openDialResults(config.redis.url, { logger })
  stack.defer(() => dialResults.close())
  const registry = createCallRegistry({
    dialFailureOf: dialResults.failureOf,
    admission,
    ...{ store, lines, dialogue, rooms, metrics, intents, logger, now },
    ...(watcher && { watcher }),
    ...(records && { hashCaller: records.hashCaller }),
    fence: (call) => frontDesk.fence(call),
    maxCallSeconds: config.calls.maxSeconds,
    channelGraceMs: overrides.channelGraceMs ?? channelGraceMs,
  })
  const { signal } = closing
  const onRoomSeen = overrides.onRoomSeen ?? watcher?.roomSeen ?? (() => {})
  const onEgressEnded = overrides.onEgressEnded ?? records?.takeEgressEnded ?? (() => {})
  const readiness = watchReadiness({
    checkModel: (options) => frontDesk.checkModel(options),
    isStoreReady: () => store.isReady,
    signal,
  })
  const endForgotten = (call: Parameters<typeof closeForgotten>[0]) =>
    closeForgotten(call, {
      ...{ store, metrics, now },
      ttlSecondsOf: (id) => lines.byId(id)?.retention.liveSeconds ?? unknownLineTtlSeconds,
    })
  const roomEvents = createRoomEvents({
    ...{ registry, rooms, onRoomSeen, onEgressEnded },
    ...{ logger, signal, graceMs: overrides.webhookGraceMs ?? webhookGraceMs },
    closeForgotten: endForgotten,
  })
  const redis = createRedis(config.redis.url, { logger })
  stack.defer(() => redis.disconnect())
  if (store.isReady) await becomeReady(redis, { timeoutMs: firstConnectMs })
  const intake = createIntake({
    ...{ redis, redisUrl: config.redis.url, registry, store, roomEvents, metrics, logger },
    onTranscript(said) {
      if (said.speaker === 'caller') intents.heard(said)
      overrides.onTranscript?.(said)
    },
  })
  stack.defer(() => intake.close())
  const reconcileMs = overrides.reconcileMs ?? (overrides.rooms ? undefined : reconcileIntervalMs)
  if (reconcileMs !== undefined) {
    const reconciler = createRoomReconciler({
      ...{ registry, rooms, store, redis, holder, onRoomSeen, logger, now },
      ...{ closeForgotten: endForgotten, onReconciled: metrics.reconciled },
      ...{ intervalMs: reconcileMs, maxCallSeconds: config.calls.maxSeconds },
      trunk: config.sipTrunk && {
        ...config.sipTrunk,
        ...{ livekit: { url, apiKey, apiSecret }, agentName: config.livekit.agentName },
      },
    })
    stack.defer(() => reconciler.close())
  }
  const desk = createOperatorDesk({
    ...{ config, holder, registry, lines, dialResults, logger, now },
    readCall: (id) => readCall(id, { registry, store }),
    audit: async (entry) => database && appendAudit(database.client, entry),
  })
  stack.defer(() => desk.close())
  const app = await createHttp({
    operatorRoutes: desk.routes,
    onRoute: overrides.onRoute,
    ...{ config, logger, metricsRegistry, metrics, readiness, registry, store, lines },
    ...{ intake, now, signal, ...(webhooks && { webhooks }), ...(records && { records }) },
  })
  stack.defer(() => app.close())
  // Closed in reverse: readiness off, channels handed over, then the sockets, the store and the database.
  stack.defer(() => registry.close())
  stack.defer(() => watcher?.close())
  stack.defer(() => closing.abort())
  const address = await app.listen(config.http)
  logger.info({ url: address }, 'listening')
  return { url: address, close: () => stack.close() }
}

import { openDialResults } from './actions/operator-desk.ts'
import { type CallRegistry, createCallRegistry } from './calls/call-registry.ts'
import { createAgentDispatch } from './dispatch/agent-dispatch.ts'
import { createCallWatcher } from './dispatch/create-call-watcher.ts'
import { type Foundation, firstConnectMs } from './foundation.ts'
import type { FrontDesk } from './front-desk.ts'
import { createAdmission } from './limits/admission.ts'
import { createCostBook } from './limits/cost-book.ts'
import { createSlots } from './limits/slots.ts'
import { createRooms, type Rooms } from './livekit/rooms.ts'
import { createSipApi, type SipApi } from './livekit/sip-api.ts'
import type { DialResults } from './outbound/dial-results.ts'
import { type Readiness, watchReadiness } from './readiness.ts'
import { createPrices } from './records/prices.ts'
import type { Storage } from './start-storage.ts'
import { becomeReady, createRedis } from './store/redis.ts'
import { startTransfers } from './transfer/start-transfers.ts'

/** The calls of this process with who lets them in, watches their agents and ends their rooms. */
export interface Calls {
  readonly registry: CallRegistry
  readonly rooms: Rooms
  readonly sip: SipApi
  /** Absent when nobody sends agents. */
  readonly watcher: ReturnType<typeof createCallWatcher> | undefined
  readonly readiness: Readiness
  readonly dialResults: DialResults
}

const defaultChannelGraceMs = 10_000

export async function startCalls(
  foundation: Foundation,
  { frontDesk, storage }: { frontDesk: FrontDesk; storage: Storage },
): Promise<Calls> {
  const { config, overrides, logger, metrics, intents, now, closing, stack } = foundation
  const { lines, dialogue } = frontDesk
  const { store, records } = storage
  const { url, sipApiUrl, apiKey, apiSecret, redisUrl, agentName } = config.livekit
  const sip = createSipApi({ url: sipApiUrl, apiKey, apiSecret })
  const rooms = overrides.rooms ?? createRooms({ url, apiKey, apiSecret, redisUrl, logger })
  stack.defer(() => rooms.close())
  const readiness = watchReadiness({
    checkModel: (options) => frontDesk.checkModel(options),
    isStoreReady: () => store.isReady,
    signal: closing.signal,
  })

  const { lastWordsName, perSecond, deadAfterMs } = config.dispatch
  const agents =
    overrides.agents ??
    (overrides.rooms ? undefined : createAgentDispatch({ url, apiKey, apiSecret }))
  const watcher =
    agents &&
    createCallWatcher({
      ...{ agents, rooms, store, lines, metrics, logger, now },
      ...{ agentName, lastWordsName, perSecond },
      times: { deadAfterMs, ...overrides.dispatchTimes },
      isOurs: (roomSid) => registry.findByRoom(roomSid) !== undefined,
    })

  const redis = createRedis(config.redis.url, { logger })
  stack.defer(() => redis.disconnect())
  if (store.isReady) await becomeReady(redis, { timeoutMs: firstConnectMs })
  const admission = createAdmission({
    ...{ lines, metrics, logger, now, ...config.calls },
    slots: createSlots(redis),
    becomeReady: (options) => becomeReady(redis, options),
    costs: createCostBook(records?.prices ?? overrides.prices ?? createPrices()),
    modelFault: () => readiness.modelFault(),
    readEvents: (callId, options) => store.readEvents(callId, options),
  })
  stack.defer(() => admission.close())

  const dialResults = openDialResults(config.redis.url, { logger })
  stack.defer(() => dialResults.close())
  const client = frontDesk.database?.client
  const transferServices = startTransfers({ config, sip, rooms, client, metrics, logger })
  stack.defer(() => transferServices.close())
  const registry = createCallRegistry({
    ...{ store, lines, dialogue, rooms, admission, metrics, intents, logger, now },
    ...(watcher && { watcher }),
    ...(records && { hashCaller: records.hashCaller }),
    ...{
      dialFailureOf: dialResults.failureOf,
      dialMessageOf: dialResults.messageOf,
      transferServices,
    },
    fence: (call) => frontDesk.fence(call),
    maxCallSeconds: config.calls.maxSeconds,
    channelGraceMs: overrides.channelGraceMs ?? defaultChannelGraceMs,
  })
  return { registry, rooms, sip, watcher, readiness, dialResults }
}

import { closeForgotten } from './calls/close-forgotten.ts'
import { unknownLineTtlSeconds } from './calls/end-stored.ts'
import { type Foundation, firstConnectMs } from './foundation.ts'
import { createIntake, type Intake } from './intake/intake.ts'
import type { LineStore } from './lines/line-store.ts'
import { createRoomReconciler } from './livekit/reconcile/create-reconciler.ts'
import { createRoomEvents } from './livekit/room-events.ts'
import type { Calls } from './start-calls.ts'
import type { Storage } from './start-storage.ts'
import { createAppendLate } from './store/append-late.ts'
import { becomeReady, createRedis } from './store/redis.ts'

const defaultWebhookGraceMs = 3000
const defaultReconcileMs = 3000

/** What comes in by itself about calls, and the reconciler that finds what did not. */
export async function startIntake(
  foundation: Foundation,
  { lines, storage, calls }: { lines: LineStore; storage: Storage; calls: Calls },
): Promise<Intake> {
  const { config, overrides, logger, metrics, intents, now, holder, closing, stack } = foundation
  const { store, records } = storage
  const { registry, rooms, watcher } = calls
  const onRoomSeen = overrides.onRoomSeen ?? watcher?.roomSeen ?? (() => {})
  const onEgressEnded = overrides.onEgressEnded ?? records?.takeEgressEnded ?? (() => {})
  const endForgotten = (call: Parameters<typeof closeForgotten>[0]) =>
    closeForgotten(call, {
      ...{ store, metrics, now },
      ttlSecondsOf: (id) => lines.byId(id)?.retention.liveSeconds ?? unknownLineTtlSeconds,
    })
  const roomEvents = createRoomEvents({
    ...{ registry, rooms, onRoomSeen, onEgressEnded, closeForgotten: endForgotten, logger },
    ...{ signal: closing.signal, graceMs: overrides.webhookGraceMs ?? defaultWebhookGraceMs },
  })

  const redis = createRedis(config.redis.url, { logger })
  stack.defer(() => redis.disconnect())
  if (store.isReady) await becomeReady(redis, { timeoutMs: firstConnectMs })
  const appendLate = createAppendLate({ redis, encode: records?.sink.encode })
  const intake = createIntake({
    ...{ redis, redisUrl: config.redis.url, registry, store, appendLate, roomEvents },
    ...{ metrics, logger },
    onTranscript(said) {
      if (said.speaker === 'caller') intents.heard(said)
      overrides.onTranscript?.(said)
    },
  })
  stack.defer(() => intake.close())

  const { reconcileMs: intervalMs = overrides.rooms ? undefined : defaultReconcileMs } = overrides
  if (intervalMs === undefined) return intake
  const { url, apiKey, apiSecret, agentName } = config.livekit
  const reconciler = createRoomReconciler({
    ...{ registry, rooms, store, redis, appendLate, holder, onRoomSeen, logger, now },
    ...{ closeForgotten: endForgotten, onReconciled: metrics.reconciled },
    ...{ intervalMs, maxCallSeconds: config.calls.maxSeconds },
    trunk: config.sipTrunk && {
      ...config.sipTrunk,
      ...{ livekit: { url, apiKey, apiSecret }, agentName },
    },
  })
  stack.defer(() => reconciler.close())
  return intake
}

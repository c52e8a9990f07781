import type { Redis } from 'ioredis'
import type { AppendLate } from '../../store/append-late.ts'
import type { CallStore } from '../../store/call-store.ts'
import type { Provisioning } from '../provision/provision.ts'
import { createForeignCalls } from './foreign-calls.ts'
import { createReconciler, type Reconciler, type ReconcilerDeps } from './reconciler.ts'
import { createReplicas } from './replicas.ts'
import { createTrunkKeeper } from './trunk-keeper.ts'

export interface RoomReconcilerOptions
  extends Omit<ReconcilerDeps, 'replicas' | 'foreignCalls' | 'trunk' | 'noteLate'> {
  readonly redis: Redis
  readonly store: Pick<CallStore, 'read'>
  readonly appendLate: AppendLate
  /** Name of this process in the calls' leases. */
  readonly holder: string
  readonly maxCallSeconds: number
  /** The trunk to keep; without it trunks are left alone. */
  readonly trunk: Provisioning | undefined
}

/** A replica that is silent for so long has stopped, as any peer (design section 3). */
const aliveMs = 3000
/** A call ends a little after its longest time. */
const endingMs = 10 * 60_000

/** The reconciler of a service, with what it knows from Redis and livekit-server. */
export function createRoomReconciler(options: RoomReconcilerOptions): Reconciler {
  const { redis, store, holder, logger, now, maxCallSeconds } = options
  const replicas = createReplicas({ redis, holder, ttlMs: aliveMs })
  const maxCallMs = maxCallSeconds * 1000 + endingMs
  return createReconciler({
    ...options,
    replicas,
    foreignCalls: createForeignCalls({ redis, store, replicas, now, maxCallMs }),
    trunk: createTrunkKeeper({ wanted: options.trunk, redis, logger, now }),
    async noteLate(callId, what) {
      const line = (await store.read(callId))?.call.line ?? ''
      await options.appendLate({ callId, line, event: { type: 'reconciled', at: now(), what } })
    },
  })
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { EndReason, ReconciledWhat } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import { isOver } from '../../calls/call-machine.ts'
import type { CallRegistry } from '../../calls/call-registry.ts'
import type { RoomInfo, RoomParticipant } from '../room-info.ts'
import type { Rooms } from '../rooms.ts'
import { compareRooms, type KnownCall, type Stranger } from './compare-rooms.ts'
import { createConfirmation } from './confirm.ts'
import { createCorrections } from './corrections.ts'
import type { ForeignCalls } from './foreign-calls.ts'
import type { Replicas } from './replicas.ts'
import type { TrunkKeeper } from './trunk-keeper.ts'

export interface ReconcilerDeps {
  readonly registry: Pick<CallRegistry, 'all' | 'get' | 'adopt'>
  readonly rooms: Pick<Rooms, 'list' | 'participants' | 'delete' | 'sweepJobKeys'>
  readonly replicas: Replicas
  readonly foreignCalls: ForeignCalls
  readonly trunk: TrunkKeeper
  /** Ends the record of a call that no living orchestrator holds. */
  readonly closeForgotten: (call: {
    roomSid: string
    reason: EndReason
    what: ReconciledWhat
  }) => Promise<void>
  /** Puts an event on the record of a call that has ended. */
  readonly noteLate: (callId: string, what: ReconciledWhat) => Promise<void>
  readonly onRoomSeen: (room: RoomInfo) => void
  readonly onReconciled: (what: ReconciledWhat) => void
  readonly logger: Logger
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly intervalMs: number
}

/**
 * Compares the room server's rooms with the calls, and puts right what webhooks did not tell. Every replica looks
 * after its own calls; one of them, by a lock in Redis, also after the trunk, after rooms without a call and after
 * calls whose orchestrator has stopped.
 */
export interface Reconciler {
  /** One look, at once. What is wrong for the second time in a row is put right. Never throws. */
  look(): Promise<void>
  close(): Promise<void>
}

/** Rooms asked for their participants at a time. */
const parallel = 8
/** Each look is up to a fifth earlier or later, so that replicas do not look at the same moment. */
const jitter = 0.2

/** Between two signs of life, and between looks after calls of a replica that has died. */
const beatMs = 500
/** What a dead replica has left that cannot be put right in so long is looked after like everything else. */
const hurryMs = 30_000

export function createReconciler(deps: ReconcilerDeps): Reconciler {
  const { registry, rooms, replicas, foreignCalls, trunk, logger, now, intervalMs } = deps
  const confirm = createConfirmation()
  const correct = createCorrections(deps)
  const closing = new AbortController()
  const { signal } = closing

  /** Runs one part of a look; what fails is tried again at the next one. */
  const attempt = async <T>(run: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await run()
    } catch (error) {
      // Not the error itself: an answer of livekit's may name a room.
      const name = error instanceof Error ? error.name : ''
      if (!signal.aborted) logger.debug({ error: name }, 'a part of reconciling has to wait')
      return otherwise
    }
  }
  const participantsOf = async (calls: readonly KnownCall[], listed: readonly RoomInfo[]) => {
    const sids = new Set(listed.map(({ sid }) => sid))
    const asked = calls.filter(
      ({ roomSid, state, standing }) =>
        standing !== 'connected' && !isOver(state) && sids.has(roomSid),
    )
    const found = new Map<string, readonly RoomParticipant[]>()
    for (let first = 0; first < asked.length; first += parallel) {
      await Promise.all(
        asked.slice(first, first + parallel).map(async ({ room, roomSid }) => {
          const participants = await attempt(() => rooms.participants(room), undefined)
          if (participants) found.set(roomSid, participants)
        }),
      )
    }
    return found
  }
  /** Replicas that have died and may have left calls, while this one looks after the rest. */
  let dead: readonly string[] = []
  /** Since when somebody of these is there, by performance.now(). */
  let deadSince: number | undefined

  const compare = async (isLeader: boolean) => {
    const startedAt = now()
    const gone = dead // who dies from here on has not been looked after yet
    const listed = await rooms.list()
    const own = registry.all().map(toKnownCall)
    const ownIds = new Set(own.map(({ id }) => id))
    const orphans = isLeader ? await attempt(() => foreignCalls.findOrphans(), undefined) : []
    const calls = [...own, ...(orphans ?? []).filter(({ id }) => !ownIds.has(id))]
    const known = new Set(calls.map(({ roomSid }) => roomSid))
    const others = listed.map(({ sid }) => sid).filter((sid) => !known.has(sid))
    const strangers = isLeader
      ? await attempt(() => foreignCalls.identify(others), new Map<string, Stranger>())
      : new Map<string, Stranger>()
    const participants = await participantsOf(calls, listed)
    const lostAt = await attempt(() => trunk.lostAt(), undefined)
    const findings = compareRooms({
      ...{ calls, rooms: listed, participants, strangers, lostAt, now: startedAt },
    })
    await Promise.all(
      confirm(findings, startedAt).map((confirmed) => attempt(() => correct(confirmed), undefined)),
    )
    const isStale = deadSince !== undefined && performance.now() - deadSince > hurryMs
    if (orphans?.length === 0 || isStale) await attempt(() => replicas.bury(gone), undefined)
    if (isLeader) await rooms.sweepJobKeys(new Set(listed.map(({ name }) => name)))
  }
  /** True when this replica looks after the rest; notes who has died meanwhile. */
  const beatOnce = async () => {
    const isLeader = await attempt(() => replicas.beat(), false)
    dead = isLeader ? await attempt(() => replicas.findDead(), []) : []
    deadSince = dead.length > 0 ? (deadSince ?? performance.now()) : undefined
    return isLeader
  }
  let beating: Promise<boolean> | undefined
  const beat = () => {
    beating ??= beatOnce().finally(() => {
      beating = undefined
    })
    return beating
  }
  // By itself: a look may wait long for livekit-server, and whoever waits is not dead.
  const heart = setInterval(() => void beat(), beatMs).unref()

  const look = async () => {
    const isLeader = await beat()
    if (isLeader) await attempt(() => trunk.keep(), undefined)
    await attempt(() => compare(isLeader), undefined)
  }
  const wait = (ms: number) => sleep(ms, undefined, { signal, ref: false }).catch(() => {}) // aborted: the loop ends
  /** Until the next look is due, or somebody has died: callers must not wait for their turn then. */
  const untilLook = async () => {
    const dueAt = performance.now() + intervalMs * (1 - jitter + 2 * jitter * Math.random())
    do {
      await wait(Math.min(beatMs, Math.max(0, dueAt - performance.now())))
    } while (!signal.aborted && dead.length === 0 && performance.now() < dueAt)
  }
  const run = async () => {
    await beat()
    while (!signal.aborted) {
      await untilLook()
      if (!signal.aborted) await look()
    }
  }
  const running = run() // cannot reject: every part of a look reports for itself

  return {
    look,
    async close() {
      closing.abort()
      clearInterval(heart)
      await running
      await beating
      await replicas.resign()
    },
  }
}

function toKnownCall({
  record,
  isConnected,
}: ReturnType<ReconcilerDeps['registry']['all']>[number]): KnownCall {
  const { id, room, roomSid, state, createdAt } = record
  return { id, room, roomSid, state, createdAt, standing: isConnected ? 'connected' : 'waiting' }
}

import type { Redis } from 'ioredis'
import { isOver } from '../../calls/call-machine.ts'
import type { CallStore } from '../../store/call-store.ts'
import { keys } from '../../store/keys.ts'
import type { KnownCall, Stranger } from './compare-rooms.ts'
import type { Replicas } from './replicas.ts'

/** Calls that are not this process's own, as Redis has them. Everything throws when Redis is away. */
export interface ForeignCalls {
  /** Open calls that no living orchestrator holds; a bounded number at a time. */
  findOrphans(): Promise<readonly KnownCall[]>
  /** Whose these rooms are. */
  identify(roomSids: readonly string[]): Promise<ReadonlyMap<string, Stranger>>
}

export interface ForeignCallsOptions {
  readonly redis: Redis
  readonly store: Pick<CallStore, 'read'>
  readonly replicas: Pick<Replicas, 'areAlive'>
  /** Epoch milliseconds. */
  readonly now: () => number
  /** No call is open for longer. */
  readonly maxCallMs: number
}

/** Looked at in one go: a replica that died with more calls is cleared up in several. */
const maxReads = 200
/** So long a room is not asked for again that another replica's open call was found for. */
const elsewhereMs = 15_000
/** Ended calls need not be looked at again. */
const maxRemembered = 50_000

export function createForeignCalls(options: ForeignCallsOptions): ForeignCalls {
  const { redis, store, replicas, now, maxCallMs } = options
  const over = new Set<string>()
  /** Rooms of other replicas' calls, by sid, until when that is believed. */
  const elsewhere = new Map<string, number>()

  const rememberOver = (callId: string) => {
    over.add(callId)
    const [oldest] = over
    if (over.size > maxRemembered && oldest !== undefined) over.delete(oldest)
  }
  const holdersOf = async (callIds: readonly string[]) => {
    const pipeline = redis.pipeline()
    for (const callId of callIds) pipeline.hget(keys.lease(callId), 'holder')
    const answers = (await pipeline.exec()) ?? []
    return answers.map(([error, holder]) => {
      if (error) throw error
      return typeof holder === 'string' ? holder : ''
    })
  }
  const readOpen = async (callId: string): Promise<KnownCall | undefined> => {
    const stored = await store.read(callId)
    if (!stored) return undefined
    const { room, roomSid, state, createdAt } = stored.call
    if (isOver(state)) {
      rememberOver(callId)
      return undefined
    }
    return { id: callId, room, roomSid, state, createdAt, standing: 'orphan' }
  }

  return {
    async findOrphans() {
      const recent = await redis.zrange(keys.index, now() - maxCallMs, '+inf', 'BYSCORE')
      const candidates = recent.filter((callId) => !over.has(callId))
      if (candidates.length === 0) return []
      const holders = await holdersOf(candidates)
      const alive = await replicas.areAlive(holders.filter((holder) => holder !== ''))
      const left = candidates.filter((_id, index) => alive.get(holders[index] ?? '') !== true)
      const found = await Promise.all(left.slice(0, maxReads).map(readOpen))
      return found.filter((call) => call !== undefined)
    },
    async identify(roomSids) {
      const time = now()
      for (const [sid, until] of elsewhere) if (until < time) elsewhere.delete(sid)
      const unsure = roomSids.filter((sid) => !elsewhere.has(sid))
      if (unsure.length === 0) return new Map()
      const callIds = await redis.mget(unsure.map(keys.room))
      const strangers = await Promise.all(
        unsure.slice(0, maxReads).map(async (sid, index): Promise<[string, Stranger]> => {
          const callId = callIds[index]
          if (typeof callId !== 'string') return [sid, { kind: 'unknown' }]
          if (!over.has(callId)) await readOpen(callId)
          if (over.has(callId)) return [sid, { kind: 'over', callId }]
          elsewhere.set(sid, time + elsewhereMs)
          return [sid, { kind: 'elsewhere' }]
        }),
      )
      return new Map(strangers)
    },
  }
}

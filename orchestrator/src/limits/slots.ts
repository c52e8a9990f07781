import type { Redis } from 'ioredis'
import { z } from 'zod'

/** Why a new call has no slot. */
export type SlotRefusal = 'line-busy' | 'hourly-limit' | 'cost-limit'

/** Upper bounds; undefined is none. */
export interface SlotBounds {
  readonly concurrentAll: number | undefined
  readonly concurrentLine: number | undefined
  readonly perHourAll: number | undefined
  readonly perHourLine: number | undefined
  readonly lineDayCostMicros: number | undefined
}

export interface HeldCall {
  readonly callId: string
  readonly lineId: string
}

/** Calls that are counted by every replica together, in Redis. All methods throw while it is away. */
export interface Slots {
  /** Takes a slot in one step for all replicas; a call that has one keeps it. */
  take(
    call: HeldCall & { readonly day: string },
    bounds: SlotBounds,
  ): Promise<SlotRefusal | undefined>
  /** Keeps slots for another lease, and takes them again where Redis has lost them. */
  renew(calls: readonly HeldCall[]): Promise<void>
  release(call: HeldCall): Promise<void>
  /** Adds to what a line has cost on a day of its own calendar; millionths of a euro. */
  addCost(lineId: string, cost: { day: string; micros: number }): Promise<void>
}

/** A slot that nobody renews is free again after this time: its orchestrator has died and nobody took the call over. */
export const slotLeaseMs = 30_000
const hourMs = 3_600_000
const costTtlSeconds = 2 * 86_400
const renewAtOnce = 200

const keys = {
  active: 'limits:active',
  hour: 'limits:hour',
  lineActive: (lineId: string) => `limits:line:${lineId}:active`,
  lineHour: (lineId: string) => `limits:line:${lineId}:hour`,
  lineCost: (lineId: string, day: string) => `limits:line:${lineId}:cost:${day}`,
}

/**
 * Sorted sets of call ids: by the end of their lease, and by when they began. The clock is Redis' own, so that
 * replicas whose clocks differ count alike.
 */
const takeScript = `
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
local id, lease, hour = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3])
for i = 1, 2 do redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now) end
for i = 3, 4 do redis.call('ZREMRANGEBYSCORE', KEYS[i], '-inf', now - hour) end
local function isOver(count, bound)
  return bound ~= '' and tonumber(count) >= tonumber(bound)
end
if not redis.call('ZSCORE', KEYS[2], id) then
  for i = 1, 2 do
    if isOver(redis.call('ZCARD', KEYS[i]), ARGV[3 + i]) then return 'line-busy' end
  end
  for i = 3, 4 do
    if isOver(redis.call('ZCARD', KEYS[i]), ARGV[3 + i]) then return 'hourly-limit' end
  end
  if isOver(redis.call('GET', KEYS[5]) or '0', ARGV[8]) then return 'cost-limit' end
end
for i = 1, 2 do
  redis.call('ZADD', KEYS[i], now + lease, id)
  redis.call('PEXPIRE', KEYS[i], 2 * lease)
end
for i = 3, 4 do
  redis.call('ZADD', KEYS[i], 'NX', now, id)
  redis.call('PEXPIRE', KEYS[i], hour)
end
return ''
`

const renewScript = `
local t = redis.call('TIME')
local till = t[1] * 1000 + math.floor(t[2] / 1000) + tonumber(ARGV[1])
for i = 2, #KEYS do
  for _, key in ipairs({KEYS[1], KEYS[i]}) do
    redis.call('ZADD', key, till, ARGV[i])
    redis.call('PEXPIRE', key, 2 * tonumber(ARGV[1]))
  end
end
`

const refusal = z.enum(['line-busy', 'hourly-limit', 'cost-limit', ''])

export function createSlots(redis: Redis, { leaseMs = slotLeaseMs } = {}): Slots {
  return {
    async take({ callId, lineId, day }, bounds) {
      const { concurrentAll, concurrentLine, perHourAll, perHourLine, lineDayCostMicros } = bounds
      const limits = [concurrentAll, concurrentLine, perHourAll, perHourLine, lineDayCostMicros]
      const answer = await redis.eval(
        takeScript,
        5,
        keys.active,
        keys.lineActive(lineId),
        keys.hour,
        keys.lineHour(lineId),
        keys.lineCost(lineId, day),
        callId,
        leaseMs,
        hourMs,
        ...limits.map((bound) => bound ?? ''),
      )
      const read = refusal.parse(answer)
      return read === '' ? undefined : read
    },
    async renew(calls) {
      for (let from = 0; from < calls.length; from += renewAtOnce) {
        const some = calls.slice(from, from + renewAtOnce)
        const lineKeys = some.map(({ lineId }) => keys.lineActive(lineId))
        const ids = some.map(({ callId }) => callId)
        await redis.eval(
          renewScript,
          lineKeys.length + 1,
          keys.active,
          ...lineKeys,
          leaseMs,
          ...ids,
        )
      }
    },
    async release({ callId, lineId }) {
      await Promise.all([
        redis.zrem(keys.active, callId),
        redis.zrem(keys.lineActive(lineId), callId),
      ])
    },
    async addCost(lineId, { day, micros }) {
      const key = keys.lineCost(lineId, day)
      // In one step: a process that dies in between would leave a key that never goes.
      const results = await redis.multi().incrby(key, micros).expire(key, costTtlSeconds).exec()
      for (const [error] of results ?? []) if (error) throw error
    },
  }
}

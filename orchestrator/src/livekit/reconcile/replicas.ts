import type { Redis } from 'ioredis'

/** Which orchestrators are alive, and which of them looks after what belongs to none. */
export interface Replicas {
  /** Says that this one is alive. True when it is the one that looks after the rest. @throws when Redis is away */
  beat(): Promise<boolean>
  /** For each of these holders whether it is alive. @throws when Redis is away */
  areAlive(holders: readonly string[]): Promise<ReadonlyMap<string, boolean>>
  /** Lets another one take over at once. Never throws. */
  resign(): Promise<void>
}

export interface ReplicasOptions {
  readonly redis: Redis
  readonly holder: string
  /** After so long without a beat a replica counts as gone. */
  readonly ttlMs: number
}

const lockKey = 'reconciler'
const aliveKey = (holder: string) => `replica:${holder}`

/** Takes the lock when it is free and keeps it while this one comes again. */
const holdLock = `
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`
const dropLock = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return redis.call('DEL', KEYS[2])
`

export function createReplicas({ redis, holder, ttlMs }: ReplicasOptions): Replicas {
  return {
    async beat() {
      await redis.set(aliveKey(holder), '', 'PX', ttlMs)
      return (await redis.eval(holdLock, 1, lockKey, holder, ttlMs)) === 1
    },
    async areAlive(holders) {
      const names = [...new Set(holders)]
      if (names.length === 0) return new Map()
      const found = await redis.mget(names.map(aliveKey))
      return new Map(names.map((name, index) => [name, found[index] !== null]))
    },
    async resign() {
      try {
        await redis.eval(dropLock, 2, lockKey, aliveKey(holder), holder)
      } catch {
        // Redis is away: both keys expire by themselves
      }
    },
  }
}

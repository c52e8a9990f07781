import type { Redis } from 'ioredis'

/** Which orchestrators are alive, and which of them looks after what belongs to none. */
export interface Replicas {
  /** Says that this one is alive. True when it is the one that looks after the rest. @throws when Redis is away */
  beat(): Promise<boolean>
  /** For each of these holders whether it is alive. @throws when Redis is away */
  areAlive(holders: readonly string[]): Promise<ReadonlyMap<string, boolean>>
  /** Those that have stopped, in order or not, and are not buried yet. @throws when Redis is away */
  findDead(): Promise<readonly string[]>
  /** Nothing of these is left to look after. @throws when Redis is away */
  bury(holders: readonly string[]): Promise<void>
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
/** Every replica that is not buried. */
const rollKey = 'replicas'
const rollTtlMs = 3_600_000
const aliveKey = (holder: string) => `replica:${holder}`

/** Takes the lock when it is free and keeps it while this one comes again. */
const beat = `
redis.call('SET', KEYS[2], '', 'PX', ARGV[2])
redis.call('SADD', KEYS[3], ARGV[1])
redis.call('PEXPIRE', KEYS[3], ARGV[3])
local owner = redis.call('GET', KEYS[1])
if owner and owner ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1
`
const resign = `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return redis.call('DEL', KEYS[2])
`

export function createReplicas({ redis, holder, ttlMs }: ReplicasOptions): Replicas {
  /** When Redis last kept us waiting: the others had no chance to say that they live either. */
  let troubledAt = Number.NEGATIVE_INFINITY
  const isTroubled = () => performance.now() - troubledAt < ttlMs

  const areAlive = async (holders: readonly string[]) => {
    const names = [...new Set(holders)]
    if (names.length === 0) return new Map<string, boolean>()
    const found = await redis.mget(names.map(aliveKey))
    return new Map(names.map((name, index) => [name, found[index] !== null || isTroubled()]))
  }

  return {
    async beat() {
      const startedAt = performance.now()
      try {
        const leads = await redis.eval(
          ...([beat, 3, lockKey, aliveKey(holder), rollKey] as const),
          ...([holder, ttlMs, rollTtlMs] as const),
        )
        if (performance.now() - startedAt > ttlMs / 2) troubledAt = performance.now()
        return leads === 1
      } catch (error) {
        troubledAt = performance.now()
        throw error
      }
    },
    areAlive,
    async findDead() {
      const alive = await areAlive(await redis.smembers(rollKey))
      return [...alive].filter(([, isAlive]) => !isAlive).map(([name]) => name)
    },
    async bury(holders) {
      if (holders.length > 0) await redis.srem(rollKey, ...holders)
    },
    async resign() {
      try {
        await redis.eval(resign, 2, lockKey, aliveKey(holder), holder)
      } catch {
        // Redis is away: both keys expire by themselves
      }
    },
  }
}

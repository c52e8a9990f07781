import type { Redis } from 'ioredis'

/** Remembers ids over all replicas, each for a time. */
export interface SeenIds {
  /**
   * For each id whether it is new. An id that is twice in the list is new once.
   * @throws when Redis is away; the ids then count as not seen
   */
  add(ids: readonly string[]): Promise<readonly boolean[]>
  /** True when this process has seen the id; false says nothing. */
  has(id: string): boolean
}

export interface SeenIdsOptions {
  readonly redis: Pick<Redis, 'pipeline'>
  readonly prefix: string
  readonly ttlSeconds: number
  /** Ids kept in this process, which spare Redis the repetitions that follow at once; the oldest goes first. */
  readonly maxLocal?: number
}

export function createSeenIds(options: SeenIdsOptions): SeenIds {
  const { redis, prefix, ttlSeconds, maxLocal = 20_000 } = options
  const local = new Set<string>()

  const remember = (id: string) => {
    local.add(id)
    const [oldest] = local
    if (local.size > maxLocal && oldest !== undefined) local.delete(oldest)
  }

  return {
    has: (id) => local.has(id),
    async add(ids) {
      const unseen = [...new Set(ids)].filter((id) => !local.has(id))
      const fresh = new Set<string>()
      if (unseen.length > 0) {
        const pipeline = redis.pipeline()
        for (const id of unseen) pipeline.set(`${prefix}${id}`, '', 'EX', ttlSeconds, 'NX')
        const answers = (await pipeline.exec()) ?? []
        for (const [index, id] of unseen.entries()) {
          const [error, answer] = answers[index] ?? [new Error('redis did not answer')]
          if (error) throw error
          remember(id)
          if (answer === 'OK') fresh.add(id)
        }
      }
      return ids.map((id) => fresh.delete(id)) // the first of two takes it
    },
  }
}

import type { Redis } from 'ioredis'

/** Callers who wait for a busy target, over all replicas; who has waited longest is next. */
export interface TransferQueue {
  /**
   * Puts a call in or keeps it there: one that is not kept for ten seconds has left.
   * @param since epoch milliseconds at which it began to wait
   * @returns its place, 1 is next @throws {Error} when Redis is away
   */
  place(queue: string, call: { readonly id: string; readonly since: number }): Promise<number>
  /** Fine as well when it is not in it. @throws {Error} when Redis is away */
  leave(queue: string, id: string): Promise<void>
}

const aliveSeconds = 10
const queueSeconds = 3600

const keyOf = (queue: string) => `transfer-queue:${queue}`
const aliveKeyOf = (queue: string, id: string) => `transfer-queue:${queue}:${id}`

export function createTransferQueue(redis: Redis): TransferQueue {
  return {
    async place(queue, { id, since }) {
      await redis
        .multi()
        .zadd(keyOf(queue), 'NX', String(since), id)
        .expire(keyOf(queue), queueSeconds)
        .set(aliveKeyOf(queue, id), '1', 'EX', aliveSeconds)
        .exec()
      const waiting = await redis.zrange(keyOf(queue), '0', '-1')
      const alive = await redis.mget(waiting.map((one) => aliveKeyOf(queue, one)))
      const gone = waiting.filter((_, at) => alive[at] === null)
      if (gone.length > 0) await redis.zrem(keyOf(queue), ...gone)
      return waiting.filter((one) => !gone.includes(one)).indexOf(id) + 1
    },
    async leave(queue, id) {
      await redis.multi().zrem(keyOf(queue), id).del(aliveKeyOf(queue, id)).exec()
    },
  }
}

import type { Logger } from '@trunkline/telemetry'
import { Redis } from 'ioredis'

/** LiveKit's leftover keys: livekit-server 1.13 keeps `agent_job:<room>` for ever, after the room has gone (measured). */
export interface JobKeys {
  /** Forgets a room's key now and again a little later. Never throws. */
  forget(room: string): Promise<void>
  /**
   * Deletes the keys of rooms that are not in `rooms`, but of none younger than two sweeps: a room may have
   * been made after it was listed. Returns how many were deleted. Never throws.
   */
  sweep(rooms: ReadonlySet<string>): Promise<number>
  close(): void
}

const prefix = 'agent_job:'
/** The job's own end may come after the room's, and is written there as well. */
const jobEndMs = 5000

export function createJobKeys(url: string, { logger }: { logger: Logger }): JobKeys {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: 2000 })
  redis.on('error', (error: Error) => logger.debug({ err: error }, 'redis of livekit is away'))
  /** Without a room at the sweep before: deleted at the next one, unless its room has come. */
  let suspects = new Set<string>()

  const guarded = async <T>(run: () => Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await run()
    } catch (error) {
      // Not the error itself: Redis' refusals carry the command, whose key holds the dialled number.
      const name = error instanceof Error ? error.name : ''
      logger.warn({ error: name }, 'a key of livekit stays behind')
      return otherwise
    }
  }
  const remove = (keys: readonly string[]) =>
    guarded(async () => (keys.length === 0 ? 0 : redis.unlink(...keys)), 0)

  return {
    async forget(room) {
      await remove([`${prefix}${room}`])
      const timer = setTimeout(() => void remove([`${prefix}${room}`]), jobEndMs)
      timer.unref()
    },
    sweep: (rooms) =>
      guarded(async () => {
        const orphans = new Set<string>()
        for await (const batch of redis.scanStream({ match: `${prefix}*`, count: 500 })) {
          for (const key of toStrings(batch)) {
            if (!rooms.has(key.slice(prefix.length))) orphans.add(key)
          }
        }
        const stale = [...orphans].filter((key) => suspects.has(key))
        suspects = orphans
        return remove(stale)
      }, 0),
    close: () => redis.disconnect(),
  }
}

function toStrings(batch: unknown): readonly string[] {
  return Array.isArray(batch) ? batch.filter((key) => typeof key === 'string') : []
}

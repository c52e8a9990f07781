import { retry } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { Redis } from 'ioredis'
import { RoomServiceClient } from 'livekit-server-sdk'

export interface Rooms {
  /**
   * Ends the room for everybody in it; a room that is gone already is fine.
   * @throws {Error} when livekit-server did not take it in three tries
   */
  delete(room: string): Promise<void>
  close(): void
}

export interface RoomsOptions {
  /** `ws(s)://` or `http(s)://` of livekit-server. */
  readonly url: string
  readonly apiKey: string
  readonly apiSecret: string
  /** LiveKit's own Redis, where it leaves a key per dispatched room. */
  readonly redisUrl?: string | undefined
  readonly logger: Logger
}

const jobEndMs = 5000

export function createRooms(options: RoomsOptions): Rooms {
  const { url, apiKey, apiSecret, redisUrl, logger } = options
  const client = new RoomServiceClient(toHttpUrl(url), apiKey, apiSecret, { requestTimeout: 3 })
  const redis = redisUrl === undefined ? undefined : createLiveKitRedis(redisUrl, logger)

  /** livekit-server 1.13 keeps `agent_job:<room>` for ever, after the room has gone (measured). */
  const forgetJob = async (room: string) => {
    try {
      await redis?.del(`agent_job:${room}`)
    } catch (error) {
      // Not the error itself: Redis' refusals carry the command, whose key holds the dialled number.
      logger.warn(
        { error: error instanceof Error ? error.name : '' },
        'a key of livekit stays behind',
      )
    }
  }

  return {
    async delete(room) {
      await retry(() => client.deleteRoom(room).catch(ignoreMissing), {
        attempts: 3,
        baseDelayMs: 200,
      })
      if (!redis) return
      await forgetJob(room)
      // The job's own end may come after the room's, and is written there as well.
      const timer = setTimeout(() => void forgetJob(room), jobEndMs)
      timer.unref()
    },
    close: () => redis?.disconnect(),
  }
}

function createLiveKitRedis(url: string, logger: Logger): Redis {
  const redis = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: 2000 })
  redis.on('error', (error: Error) => logger.debug({ err: error }, 'redis of livekit is away'))
  return redis
}

function ignoreMissing(error: unknown): void {
  const isMissing = error instanceof Error && 'code' in error && error.code === 'not_found'
  if (!isMissing) throw error
}

/** The address for LiveKit's HTTP API: the same as its WebSocket's. */
export function toHttpUrl(url: string): string {
  return url.replace(/^ws/, 'http')
}

import type { Logger } from '@trunkline/telemetry'
import { Redis } from 'ioredis'

export interface AudioCache {
  /** The whole audio, or undefined: also when Redis is away or slow, since a miss only costs time. */
  read(key: string): Promise<Buffer | undefined>
  /** Stores in the background; a failure is logged and changes nothing. */
  write(key: string, audio: Buffer): void
  close(): Promise<void>
}

export interface AudioCacheOptions {
  readonly url: string
  readonly ttlSeconds: number
  readonly logger: Logger
}

/** A caller waits for this: a Redis slower than that is as good as none. */
const readTimeoutMs = 50

export function createAudioCache({ url, ttlSeconds, logger }: AudioCacheOptions): AudioCache {
  const redis = new Redis(url, {
    lazyConnect: true,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    retryStrategy: (attempt) => Math.min(attempt * 100, 2000),
  })
  let reachable = true
  const away = (err: unknown) => {
    if (reachable) logger.warn({ err }, 'cache away, going on without')
    reachable = false
  }
  redis.on('error', away)
  redis.on('ready', () => {
    reachable = true
  })
  redis.connect().catch(away)
  return {
    async read(key) {
      if (redis.status !== 'ready') return undefined
      const late = AbortSignal.timeout(readTimeoutMs)
      const timeout = new Promise<undefined>((resolve) => {
        late.addEventListener('abort', () => resolve(undefined), { once: true })
      })
      const found = redis.getBuffer(key).catch((error: unknown) => {
        away(error)
        return null
      })
      return (await Promise.race([found, timeout])) ?? undefined
    },
    write(key, audio) {
      if (redis.status !== 'ready') return
      redis.set(key, audio, 'EX', ttlSeconds).catch(away)
    },
    async close() {
      if (redis.status === 'ready') await redis.quit()
      else redis.disconnect()
    },
  }
}

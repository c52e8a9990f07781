import type { Logger } from '@trunkline/telemetry'
import { Redis } from 'ioredis'

/** A connection that fails a command at once while the server is away, and comes back by itself. */
export function createRedis(url: string, { logger }: { logger: Logger }): Redis {
  const redis = new Redis(url, {
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
    commandTimeout: 2000,
    connectTimeout: 2000,
    retryStrategy: (times) => Math.min(1000, 50 * 2 ** Math.min(times, 6)),
  })
  let isAway = false
  redis.on('error', (error: Error) => {
    if (!isAway) logger.warn({ err: error }, 'redis is away')
    isAway = true
  })
  redis.on('ready', () => {
    if (isAway) logger.info('redis is back')
    isAway = false
  })
  return redis
}

import { once } from 'node:events'
import { withSignals } from '@trunkline/runtime'
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

/** Waits until commands can be sent, for `timeoutMs` at most; false when they still cannot. */
export async function becomeReady(
  redis: Redis,
  { timeoutMs, signal }: { timeoutMs: number; signal?: AbortSignal },
): Promise<boolean> {
  if (redis.status === 'ready') return true
  return withSignals([signal], { timeoutMs }, (limited) =>
    once(redis, 'ready', { signal: limited }),
  ).then(
    () => true,
    () => false, // not there in time, or refused: the connection goes on trying by itself
  )
}

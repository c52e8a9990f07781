import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { Redis } from 'ioredis'

/** True when `INFO persistence` says that Redis writes each command to its append-only file. */
export function keepsCommands(info: string): boolean {
  return /^aof_enabled:1\r?$/m.test(info)
}

/**
 * Warns once, each time Redis is (again) there, when it keeps nothing on disk: what the stream of records holds and
 * Postgres has not is lost then with Redis' process. A warning and no refusal, as the calls themselves go on.
 */
export function watchPersistence(redis: Redis, { logger }: { logger: Logger }): void {
  const look = async () => {
    if (keepsCommands(await redis.info('persistence'))) return
    logger.warn('redis has no append-only file: records not yet in postgres are lost when it dies')
  }
  redis.on('ready', () =>
    inBackground(look(), {
      // An ACL may forbid INFO: then nobody can say.
      onError: (error) => logger.debug({ err: error }, 'persistence of redis is not known'),
    }),
  )
}

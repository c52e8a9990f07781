import type { Logger } from '@trunkline/telemetry'
import type { Redis } from 'ioredis'
import { type Provisioning, provision } from '../provision/provision.ts'

/** Keeps the inbound trunk and its dispatch rule as they should be. */
export interface TrunkKeeper {
  /** Makes again what is missing. @throws when livekit-server does not answer */
  keep(): Promise<void>
  /**
   * Epoch milliseconds; when a trunk was last found gone, by whatever replica, which is when LiveKit's Redis came
   * back empty. @throws when our Redis is away
   */
  lostAt(): Promise<number | undefined>
}

export interface TrunkKeeperOptions {
  /** What is to be there; without it nothing is provisioned. */
  readonly wanted: Provisioning | undefined
  readonly redis: Pick<Redis, 'get' | 'set'>
  readonly logger: Logger
  /** Epoch milliseconds. */
  readonly now: () => number
}

const lostKey = 'livekit:lost-at'
/** No call lasts longer. */
const lostTtlSeconds = 86_400

export function createTrunkKeeper(options: TrunkKeeperOptions): TrunkKeeper {
  const { wanted, redis, logger, now } = options
  if (!wanted) {
    logger.info('trunks are left alone: SIP_TRUNK_USERNAME and SIP_TRUNK_PASSWORD are not set')
  }
  return {
    async keep() {
      if (!wanted) return
      const { changed, wasMissing } = await provision(wanted)
      if (wasMissing) await redis.set(lostKey, Math.round(now()), 'EX', lostTtlSeconds)
      if (changed) logger.warn({ wasMissing }, 'trunk and dispatch rule were provisioned')
    },
    async lostAt() {
      const stored = wanted ? await redis.get(lostKey) : null
      return stored === null ? undefined : Number(stored)
    },
  }
}

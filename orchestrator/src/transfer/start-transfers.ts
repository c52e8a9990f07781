import type { Logger } from '@trunkline/telemetry'
import type { Config } from '../config.ts'
import type { DatabaseClient } from '../database/database.ts'
import { createSlowEffects } from '../database/slow-effects.ts'
import { createRoomTracks } from '../livekit/room-tracks.ts'
import type { Rooms } from '../livekit/rooms.ts'
import type { SipApi } from '../livekit/sip-api.ts'
import type { Metrics } from '../metrics.ts'
import { createRedis } from '../store/redis.ts'
import { createTransferQueue } from './queue.ts'
import type { TransferServices } from './transfer-services.ts'

export interface StartTransfersDeps {
  readonly config: Config
  readonly sip: SipApi
  readonly rooms: Rooms
  /** Where the ledger is; without it nothing is transferred. */
  readonly client: DatabaseClient | undefined
  readonly metrics: Pick<Metrics, 'effect'>
  readonly logger: Logger
}

/** What transfers work with, over a connection to Redis of its own. */
export function startTransfers(deps: StartTransfersDeps): TransferServices & { close(): void } {
  const { config, sip, rooms, client, metrics, logger } = deps
  const { url, apiKey, apiSecret } = config.livekit
  const redis = createRedis(config.redis.url, { logger })
  return {
    ...{ sip, rooms, tracks: createRoomTracks({ url, apiKey, apiSecret }) },
    effects: client && createSlowEffects(client),
    queue: createTransferQueue(redis),
    trunkId: config.outbound.trunkId,
    onEffect: metrics.effect,
    close: () => redis.disconnect(),
  }
}

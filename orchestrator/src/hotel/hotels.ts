import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { DatabaseClient } from '../database/database.ts'
import type { HotelData } from './hotel-data.ts'
import { syncHotel } from './hotel-sync.ts'

/** Where hotels come from: the line store. */
export interface HotelSource {
  hotels(): ReadonlyMap<string, HotelData>
  onReload(listener: () => void): () => void
}

export interface HotelSync {
  /** Resolves when every change so far is in the database, or has failed and been reported. */
  settled(): Promise<void>
  close(): Promise<void>
}

/** Brings every hotel into the database, now and after each change of its file. */
export async function startHotelSync({
  client,
  source,
  logger,
}: {
  client: DatabaseClient
  source: HotelSource
  logger: Logger
}): Promise<HotelSync> {
  const taken = new Map<string, HotelData>()
  const syncAll = async () => {
    for (const [id, data] of source.hotels()) {
      if (taken.get(id) === data) continue
      await syncHotel(client, { id, data })
      taken.set(id, data)
      logger.info({ hotel: id, roomTypes: data.roomTypes.length }, 'hotel taken over')
    }
  }
  await syncAll()
  let syncing = Promise.resolve()
  const stop = source.onReload(() => {
    syncing = syncing.then(syncAll, syncAll)
    inBackground(syncing, {
      onError: (err) => logger.error({ err }, 'hotel not taken over'),
    })
  })
  const settled = () => syncing.catch(() => undefined) // reported above
  return {
    settled,
    async close() {
      stop()
      await settled()
    },
  }
}

import type { DatabaseClient } from '../../database/database.ts'
import type { EffectLedger } from '../../database/effect-ledger.ts'
import type { HotelData } from '../hotel-data.ts'

/** What the tools of one line work with; made anew when its hotel has changed or a day is over. */
export interface HotelToolDeps {
  readonly client: DatabaseClient
  readonly ledger: EffectLedger
  readonly hotelId: string
  readonly currency: string
  readonly info: Readonly<Record<string, string>>
  /** What can be asked for; rooms and prices are the database's. */
  readonly roomTypes: HotelData['roomTypes']
  /** Today at the hotel, 'YYYY-MM-DD'. */
  readonly today: string
}

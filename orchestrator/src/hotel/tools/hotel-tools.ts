import type { Line } from '@trunkline/contracts'
import type { DatabaseClient } from '../../database/database.ts'
import type { EffectLedger } from '../../database/effect-ledger.ts'
import type { Tool, ToolBox } from '../../dialogue/tool.ts'
import { toLocalDay } from '../../local-time.ts'
import type { HotelData } from '../hotel-data.ts'
import { hotelIdOf } from '../hotel-id.ts'
import { checkAvailabilityTool } from './check-availability.ts'
import { createReservationTool, type EffectOutcomeLabel } from './create-reservation.ts'
import { getHotelInfoTool } from './get-hotel-info.ts'
import { getReservationTool } from './get-reservation.ts'
import type { HotelToolDeps } from './tool-deps.ts'

export interface HotelToolsOptions {
  readonly client: DatabaseClient
  readonly ledger: EffectLedger
  /** The hotels as their files are now; they stay known while the database is away. */
  readonly hotels: { hotels(): ReadonlyMap<string, HotelData> }
  /** Epoch milliseconds: what "today" is. */
  readonly now: () => number
  /** For `effects_total`. */
  readonly onEffect?: (effect: { tool: string; outcome: EffectOutcomeLabel }) => void
}

/** The tools of the built-in hotel that a line has switched on. */
export function createHotelTools(options: HotelToolsOptions): ToolBox {
  const { client, ledger, hotels, now, onEffect } = options
  /** A tool's JSON schema costs more than all else in a turn: made once for a line, its hotel and a day. */
  const made = new WeakMap<Line, { hotel: HotelData; today: string; tools: readonly Tool[] }>()

  const make = (line: Line, { hotel, today }: { hotel: HotelData; today: string }) => {
    const { currency, info, roomTypes } = hotel
    const hotelId = hotelIdOf(line)
    const deps: HotelToolDeps = { client, ledger, hotelId, currency, info, roomTypes, today }
    const tools: readonly Tool[] = [
      checkAvailabilityTool(deps),
      getReservationTool(deps),
      getHotelInfoTool(deps),
      createReservationTool(deps, {
        onEffect: (outcome) => onEffect?.({ tool: 'create_reservation', outcome }),
      }),
    ]
    const switchedOn: readonly string[] = line.tools
    return tools.filter(({ name }) => switchedOn.includes(name))
  }

  return (line: Line) => {
    const hotel = hotels.hotels().get(hotelIdOf(line))
    // A call that runs on keeps its line, though the line's files may be gone.
    if (!hotel) return []
    const today = toLocalDay(now(), line.timeZone)
    const known = made.get(line)
    if (known?.hotel === hotel && known.today === today) return known.tools
    const tools = make(line, { hotel, today })
    made.set(line, { hotel, today, tools })
    return tools
  }
}

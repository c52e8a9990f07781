import { nightsOf, type Stay } from './stay.ts'

/** A price for some nights, both included. */
export interface Rate {
  readonly firstNight: string
  readonly lastNight: string
  readonly priceCents: number
}

export interface NightPrice {
  readonly night: string
  readonly priceCents: number
}

/**
 * Rooms of a type that are free in every night of a stay. Guests are not tied to a room before they arrive, so
 * the fullest night decides.
 */
export function countFreeRooms(
  stay: Stay,
  { rooms, taken }: { rooms: number; taken: readonly Stay[] },
): number {
  const perNight = nightsOf(stay).map(
    (night) => taken.filter((one) => one.checkIn <= night && night < one.checkOut).length,
  )
  return Math.max(0, rooms - Math.max(0, ...perNight))
}

/** What each night costs: a rate that covers it, else the base price. */
export function priceNights(
  stay: Stay,
  { baseCents, rates }: { baseCents: number; rates: readonly Rate[] },
): readonly NightPrice[] {
  return nightsOf(stay).map((night) => {
    const rate = rates.find((one) => one.firstNight <= night && night <= one.lastNight)
    return { night, priceCents: rate?.priceCents ?? baseCents }
  })
}

export function sumCents(prices: readonly NightPrice[]): number {
  return prices.reduce((sum, { priceCents }) => sum + priceCents, 0)
}

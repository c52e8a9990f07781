import type { Reservation } from './hotel.ts'
import { foldName, matchName } from './spoken-name.ts'

export type ReservationMatch =
  | { readonly kind: 'found'; readonly reservations: readonly Reservation[] }
  /** More than one guest could be meant. */
  | { readonly kind: 'ambiguous' }
  /** A first or a last name alone is known to too many people. */
  | { readonly kind: 'full-name-needed' }
  | { readonly kind: 'not-found' }

/** Finds one guest's reservations by a heard name. An exact name goes before close ones; two guests are never mixed. */
export function findByGuest(heard: string, reservations: readonly Reservation[]): ReservationMatch {
  if (foldName(heard).split(' ').filter(Boolean).length < 2) return { kind: 'full-name-needed' }
  for (const wanted of ['exact', 'close'] as const) {
    const matches = reservations.filter((one) => matchName(heard, one.guestName) === wanted)
    const guests = new Set(matches.map((one) => foldName(one.guestName)))
    if (guests.size === 1) return { kind: 'found', reservations: matches }
    if (guests.size > 1) return { kind: 'ambiguous' }
  }
  return { kind: 'not-found' }
}

/** True when the heard name, which may be a part of it, does not speak against the reservation's. */
export function isSameGuest(heard: string, { guestName }: Reservation): boolean {
  if (matchName(heard, guestName) !== 'none') return true
  const words = foldName(guestName).split(' ')
  const heardWords = foldName(heard).split(' ').filter(Boolean)
  return (
    heardWords.length > 0 &&
    heardWords.every((one) => words.some((word) => matchName(one, word) !== 'none'))
  )
}

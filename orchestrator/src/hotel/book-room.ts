import { randomInt } from 'node:crypto'
import type { DatabaseTransaction } from '../database/database.ts'
import { reservations } from '../database/schema.ts'
import { sumCents } from './availability.ts'
import { lockRoomType, type Offer, readOffer } from './hotel.ts'
import type { Stay } from './stay.ts'

export interface Booking {
  readonly hotelId: string
  readonly roomTypeId: string
  readonly stay: Stay
  readonly guestName: string
  readonly guests?: number | undefined
  readonly currency: string
  readonly effectKey: string
}

export type BookingResult =
  | { readonly kind: 'booked'; readonly number: string; readonly offer: Offer; totalCents: number }
  | { readonly kind: 'not-offered' | 'no-rooms-left' | 'too-many-guests' }

/** Takes a room if one is left, inside of the caller's transaction. */
export async function bookRoom(tx: DatabaseTransaction, booking: Booking): Promise<BookingResult> {
  const { hotelId, roomTypeId, stay, guestName, guests, currency, effectKey } = booking
  const roomType = await lockRoomType(tx, { hotelId, id: roomTypeId })
  if (!roomType) return { kind: 'not-offered' }
  if (guests !== undefined && guests > roomType.sleeps) return { kind: 'too-many-guests' }
  const offer = await readOffer(tx, { hotelId, roomType, stay })
  if (offer.roomsLeft === 0) return { kind: 'no-rooms-left' }
  const totalCents = sumCents(offer.nights)
  const row = { hotelId, roomTypeId, guestName, ...stay, totalCents, currency, effectKey }
  const number = await insertWithFreeNumber(tx, { ...row, ...(guests ? { guests } : {}) })
  return { kind: 'booked', number, offer, totalCents }
}

/** Four digits are easy to say and to write down; a very full hotel gets five. */
async function insertWithFreeNumber(
  tx: DatabaseTransaction,
  row: Omit<typeof reservations.$inferInsert, 'number'>,
): Promise<string> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const number = String(attempt < 50 ? randomInt(1000, 10_000) : randomInt(10_000, 100_000))
    const inserted = await tx
      .insert(reservations)
      .values({ ...row, number })
      .onConflictDoNothing({ target: [reservations.hotelId, reservations.number] })
      .returning({ number: reservations.number })
    if (inserted.length > 0) return number
  }
  throw new Error('no free reservation number was found')
}

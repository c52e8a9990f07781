import { and, eq, inArray, not, sql } from 'drizzle-orm'
import type { DatabaseClient, DatabaseTransaction } from '../database/database.ts'
import { hotels, rates, reservations, roomTypes } from '../database/schema.ts'
import { priceNights, sumCents } from './availability.ts'
import type { HotelData } from './hotel-data.ts'
import { toCents } from './money.ts'

/**
 * Brings the database in line with a hotel's file: room types, rates and info follow it; a reservation is taken
 * over once. A room type that left the file is no longer offered, and its reservations stay.
 */
export async function syncHotel(
  client: DatabaseClient,
  { id, data }: { id: string; data: HotelData },
): Promise<void> {
  await client.transaction(async (tx) => {
    const { name, currency, info } = data
    await tx
      .insert(hotels)
      .values({ id, name, currency, info })
      .onConflictDoUpdate({
        target: hotels.id,
        set: { name, currency, info, updatedAt: sql`now()` },
      })
    await syncRoomTypes(tx, { id, data })
    await tx.delete(rates).where(eq(rates.hotelId, id))
    if (data.rates.length > 0) {
      await tx.insert(rates).values(
        data.rates.map((rate) => ({
          hotelId: id,
          roomTypeId: rate.roomType,
          firstNight: rate.from,
          lastNight: rate.to,
          priceCents: toCents(rate.pricePerNight),
        })),
      )
    }
    await insertReservations(tx, { id, data })
  })
}

async function syncRoomTypes(
  tx: DatabaseTransaction,
  { id, data }: { id: string; data: HotelData },
): Promise<void> {
  const offered = data.roomTypes.map((type) => type.id)
  await tx
    .update(roomTypes)
    .set({ isOffered: false })
    .where(and(eq(roomTypes.hotelId, id), not(inArray(roomTypes.id, offered))))
  for (const [position, type] of data.roomTypes.entries()) {
    const { name, rooms, sleeps } = type
    const priceCents = toCents(type.pricePerNight)
    const values = { name, rooms, sleeps, priceCents, position, isOffered: true }
    await tx
      .insert(roomTypes)
      .values({ hotelId: id, id: type.id, ...values })
      .onConflictDoUpdate({ target: [roomTypes.hotelId, roomTypes.id], set: values })
  }
}

async function insertReservations(
  tx: DatabaseTransaction,
  { id, data }: { id: string; data: HotelData },
): Promise<void> {
  const rows = data.reservations.map((one) => {
    const stay = { checkIn: one.checkIn, checkOut: one.checkOut }
    const type = data.roomTypes.find((candidate) => candidate.id === one.roomType)
    const prices = priceNights(stay, {
      baseCents: toCents(type?.pricePerNight ?? 0),
      rates: data.rates
        .filter((rate) => rate.roomType === one.roomType)
        .map(({ from, to, pricePerNight }) => ({
          firstNight: from,
          lastNight: to,
          priceCents: toCents(pricePerNight),
        })),
    })
    return {
      hotelId: id,
      number: one.number,
      roomTypeId: one.roomType,
      guestName: one.guest,
      ...stay,
      totalCents: sumCents(prices),
      currency: data.currency,
    }
  })
  if (rows.length > 0) await tx.insert(reservations).values(rows).onConflictDoNothing()
}

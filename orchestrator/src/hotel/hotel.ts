import { and, asc, eq, gt, gte, lt } from 'drizzle-orm'
import type { DatabaseClient, DatabaseTransaction } from '../database/database.ts'
import { rates, reservations, roomTypes } from '../database/schema.ts'
import { countFreeRooms, type NightPrice, priceNights } from './availability.ts'
import type { Stay } from './stay.ts'

export interface RoomType {
  readonly id: string
  readonly name: string
  readonly rooms: number
  readonly sleeps: number
  readonly priceCents: number
}

export interface Offer {
  readonly roomType: RoomType
  readonly stay: Stay
  readonly roomsLeft: number
  readonly nights: readonly NightPrice[]
}

export interface Reservation extends Stay {
  readonly number: string
  readonly guestName: string
  readonly roomName: string
  readonly totalCents: number
  readonly currency: string
}

type Reader = DatabaseClient | DatabaseTransaction

/** What the hotel offers now, in the file's order. */
export async function readRoomTypes(db: Reader, hotelId: string): Promise<readonly RoomType[]> {
  return db
    .select(roomTypeColumns)
    .from(roomTypes)
    .where(and(eq(roomTypes.hotelId, hotelId), eq(roomTypes.isOffered, true)))
    .orderBy(asc(roomTypes.position))
}

/** Locks a room type until the transaction ends: two callers cannot both take its last room. */
export async function lockRoomType(
  tx: DatabaseTransaction,
  { hotelId, id }: { hotelId: string; id: string },
): Promise<RoomType | undefined> {
  const rows = await tx
    .select(roomTypeColumns)
    .from(roomTypes)
    .where(and(eq(roomTypes.hotelId, hotelId), eq(roomTypes.id, id), eq(roomTypes.isOffered, true)))
    .for('update')
  return rows[0]
}

/** Rooms left and price of one room type for a stay. */
export async function readOffer(
  db: Reader,
  { hotelId, roomType, stay }: { hotelId: string; roomType: RoomType; stay: Stay },
): Promise<Offer> {
  const taken = await db
    .select({ checkIn: reservations.checkIn, checkOut: reservations.checkOut })
    .from(reservations)
    .where(
      and(
        eq(reservations.hotelId, hotelId),
        eq(reservations.roomTypeId, roomType.id),
        lt(reservations.checkIn, stay.checkOut),
        gt(reservations.checkOut, stay.checkIn),
      ),
    )
  const special = await db
    .select({
      firstNight: rates.firstNight,
      lastNight: rates.lastNight,
      priceCents: rates.priceCents,
    })
    .from(rates)
    .where(and(eq(rates.hotelId, hotelId), eq(rates.roomTypeId, roomType.id)))
  return {
    roomType,
    stay,
    roomsLeft: countFreeRooms(stay, { rooms: roomType.rooms, taken }),
    nights: priceNights(stay, { baseCents: roomType.priceCents, rates: special }),
  }
}

/** The reservation of a number, whenever it is or was. */
export async function readReservation(
  db: Reader,
  { hotelId, number }: { hotelId: string; number: string },
): Promise<Reservation | undefined> {
  const rows = await selectReservations(db).where(
    and(eq(reservations.hotelId, hotelId), eq(reservations.number, number)),
  )
  return rows[0]
}

/** Reservations that have not ended before `day`, by arrival. */
export async function readComingReservations(
  db: Reader,
  { hotelId, day }: { hotelId: string; day: string },
): Promise<readonly Reservation[]> {
  return selectReservations(db)
    .where(and(eq(reservations.hotelId, hotelId), gte(reservations.checkOut, day)))
    .orderBy(asc(reservations.checkIn))
}

function selectReservations(db: Reader) {
  return db
    .select({
      number: reservations.number,
      guestName: reservations.guestName,
      roomName: roomTypes.name,
      checkIn: reservations.checkIn,
      checkOut: reservations.checkOut,
      totalCents: reservations.totalCents,
      currency: reservations.currency,
    })
    .from(reservations)
    .innerJoin(
      roomTypes,
      and(eq(roomTypes.hotelId, reservations.hotelId), eq(roomTypes.id, reservations.roomTypeId)),
    )
}

const roomTypeColumns = {
  id: roomTypes.id,
  name: roomTypes.name,
  rooms: roomTypes.rooms,
  sleeps: roomTypes.sleeps,
  priceCents: roomTypes.priceCents,
}

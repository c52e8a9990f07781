import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { type Document, parseDocument } from 'yaml'
import type { RunningStack } from './running-stack.ts'
import { until } from './until.ts'

export const lineFile = 'harbour-hotel.yaml'
export const hotelFile = join('hotels', 'harbour-hotel.yaml')

/** Changes a file of the running stack's lines, as an editor does: written beside it and renamed. Gives how to undo it. */
export async function editFile(
  { linesDir }: Pick<RunningStack, 'linesDir'>,
  file: string,
  edit: (document: Document) => void,
): Promise<() => Promise<void>> {
  const path = join(linesDir, file)
  const before = await readFile(path, 'utf8')
  const document = parseDocument(before)
  edit(document)
  await replace(path, document.toString())
  return () => replace(path, before)
}

async function replace(path: string, text: string): Promise<void> {
  const beside = `${path}.new`
  await writeFile(beside, text)
  await rename(beside, path)
}

/** Sets the double room's price per night, in whole units of the currency, in the hotel's file. */
export function setDoublePrice(document: Document, price: number): void {
  const roomTypes = document.toJS().roomTypes.map(({ id }: { id: string }) => id)
  document.setIn(['roomTypes', roomTypes.indexOf('double'), 'pricePerNight'], price)
}

export interface RoomPrice {
  readonly priceCents: number
  /** Whether a rate of its own holds for the night. */
  readonly hasRate: (night: string) => boolean
}

/** The double room as the database has it. */
export async function readDoubleRoom(databaseUrl: string): Promise<RoomPrice> {
  const sql = postgres(databaseUrl, { max: 1 })
  try {
    const [room] = await sql<{ price_cents: number }[]>`
      select price_cents from room_types where hotel_id = 'hotels/harbour-hotel' and id = 'double'`
    const rates = await sql<{ first: string; last: string }[]>`
      select first_night::text as first, last_night::text as last from rates
      where hotel_id = 'hotels/harbour-hotel' and room_type_id = 'double'`
    if (!room) throw new Error('the database has no double room')
    return {
      priceCents: room.price_cents,
      hasRate: (night) => rates.some(({ first, last }) => first <= night && night <= last),
    }
  } finally {
    await sql.end()
  }
}

/** Waits until the database says this of a topic. */
export async function untilInfo(databaseUrl: string, topic: string, text: string): Promise<true> {
  const sql = postgres(databaseUrl, { max: 1 })
  const ask = async () => {
    const [hotel] = await sql<{ said: string | null }[]>`
      select info ->> ${topic} as said from hotels where id = 'hotels/harbour-hotel'`
    return hotel?.said === text || undefined
  }
  try {
    return await until(`the database says this of ${topic}`, ask)
  } finally {
    await sql.end()
  }
}

/** Waits until the orchestrator has taken a new price over into the database. */
export function untilPriced(databaseUrl: string, price: number): Promise<RoomPrice> {
  return until(`the double room costs ${price} in the database`, async () => {
    const room = await readDoubleRoom(databaseUrl)
    return room.priceCents === price * 100 ? room : undefined
  })
}

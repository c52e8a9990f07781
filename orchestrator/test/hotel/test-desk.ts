import { type Line, line as lineSchema } from '@trunkline/contracts'
import { createDisposalStack } from '@trunkline/runtime'
import { createEffectLedger, type EffectLedger } from '../../src/database/effect-ledger.ts'
import type { Tool, ToolResult } from '../../src/dialogue/tool.ts'
import { type HotelData, hotelData } from '../../src/hotel/hotel-data.ts'
import { startHotelSync } from '../../src/hotel/hotels.ts'
import { createHotelTools } from '../../src/hotel/tools/hotel-tools.ts'
import { logger, openTestDatabase, type TestDatabase } from '../database/test-database.ts'

/** Monday at noon. */
export const now = Date.parse('2026-11-23T12:00:00Z')

const sample = {
  name: 'Hill Inn',
  currency: 'EUR',
  roomTypes: [
    { id: 'single', name: 'single room', rooms: 3, sleeps: 1, pricePerNight: 80.1 },
    { id: 'double', name: 'double room', rooms: 2, sleeps: 2, pricePerNight: 120.35 },
    { id: 'suite', name: 'suite', rooms: 1, sleeps: 4, pricePerNight: 300 },
  ],
  rates: [{ roomType: 'double', from: '2026-12-24', to: '2026-12-26', pricePerNight: 180.2 }],
  info: { breakfast: 'Breakfast is from seven to ten.', parking: 'Parking is free.' },
  reservations: [
    {
      number: '4711',
      guest: 'Jörg Müller',
      roomType: 'double',
      checkIn: '2026-12-01',
      checkOut: '2026-12-04',
    },
    {
      number: '4712',
      guest: 'Emma Fischer',
      roomType: 'suite',
      checkIn: '2026-12-10',
      checkOut: '2026-12-12',
    },
    {
      number: '4713',
      guest: 'Emma Fisher',
      roomType: 'single',
      checkIn: '2026-12-10',
      checkOut: '2026-12-12',
    },
    {
      number: '4714',
      guest: 'Paul Old',
      roomType: 'single',
      checkIn: '2026-11-01',
      checkOut: '2026-11-03',
    },
  ],
}

export function sampleHotel(change: Partial<HotelData> = {}): HotelData {
  return { ...hotelData.parse(sample), ...change }
}

const speech = {
  greeting: 'Hill Inn, I am an AI assistant.',
  disclosure: 'I am an AI assistant.',
  apology: 'Sorry.',
}
export const line: Line = lineSchema.parse({
  id: 'hill-inn',
  name: 'Hill Inn',
  numbers: ['100'],
  timeZone: 'Europe/Berlin',
  hotel: { connector: 'builtin', data: 'hotels/hill-inn.yaml' },
  defaultLanguage: 'en',
  languages: { en: speech },
  persona: 'You are the front desk.',
  tools: [
    'check_availability',
    'get_reservation',
    'get_hotel_info',
    'create_reservation',
    'end_call',
  ],
})

export interface CallOptions {
  readonly callId?: string
  readonly epoch?: number
  readonly signal?: AbortSignal
}

export interface TestDesk {
  readonly store: TestDatabase
  readonly ledger: EffectLedger
  /** A tool as the model would call it; each call id is a caller of its own. */
  call(name: string, args: Record<string, unknown>, options?: CallOptions): Promise<ToolResult>
  /** The line's tools as they are now. */
  tools(): readonly Tool[]
  /** Moves the desk's clock; epoch milliseconds. */
  goTo(at: number): void
  /** As a changed file does. */
  change(data: HotelData): Promise<void>
  close(): Promise<void>
}

/** The built-in hotel on a database of its own, with its tools. */
export async function openTestDesk(kind: 'pglite' | 'postgres'): Promise<TestDesk> {
  const stack = createDisposalStack()
  const store = await openTestDatabase(kind)
  stack.defer(() => store.close())
  const { client } = store.database
  let data = sampleHotel()
  let changed: () => void = () => undefined
  const source = {
    hotels: () => new Map([['hotels/hill-inn', data]]),
    onReload(listener: () => void) {
      changed = listener
      return () => undefined
    },
  }
  const sync = await startHotelSync({ client, source, logger })
  stack.defer(() => sync.close())
  const ledger = createEffectLedger(client)
  let clock = now
  const tools = createHotelTools({ client, ledger, hotels: source, now: () => clock })
  return {
    store,
    ledger,
    async call(
      name,
      args,
      { callId = 'c1', epoch = 1, signal = new AbortController().signal } = {},
    ) {
      const prepared = tools(line)
        .find((tool) => tool.name === name)
        ?.prepare(args)
      if (!prepared?.ok) throw new Error(prepared?.message ?? 'no such tool')
      return prepared.run({ callId, turnId: 'turn-1', epoch, line, signal })
    },
    tools: () => tools(line),
    goTo(at) {
      clock = at
    },
    async change(next) {
      data = next
      changed()
      await sync.settled()
    },
    close: () => stack.close(),
  }
}

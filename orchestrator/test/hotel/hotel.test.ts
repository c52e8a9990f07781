import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { effects, reservations } from '../../src/database/schema.ts'
import { databases } from '../database/test-database.ts'
import { now, openTestDesk, sampleHotel, type TestDesk } from './test-desk.ts'

const christmas = { check_in: '2026-12-23', check_out: '2026-12-27' }
const summer = { check_in: '2027-07-01', check_out: '2027-07-03' }

for (const { kind, options } of databases) {
  describe(`the built-in hotel on ${kind}`, options, () => {
    let desk: TestDesk
    beforeAll(async () => {
      desk = await openTestDesk(kind)
    })
    afterAll(() => desk.close())
    const book = (args: Record<string, unknown>, callId: string) =>
      desk.call(
        'create_reservation',
        { room_type: 'double', guest_name: 'Ann Lee', ...args },
        { callId },
      )
    const rowsOf = (guestName: string) =>
      desk.store.database.client
        .select()
        .from(reservations)
        .where(eq(reservations.guestName, guestName))

    it('tells rooms left and the exact price, also over nights of different rates', async () => {
      expect(
        await desk.call('check_availability', { ...summer, room_type: 'Double Room' }),
      ).toEqual({
        ok: true,
        result: expect.objectContaining({
          available: true,
          room_type: 'double',
          room_name: 'double room',
          nights: 2,
          rooms_left: 2,
          price_per_night: 120.35,
          total: 240.7,
          currency: 'EUR',
        }),
      })
      const { result } = await desk.call('check_availability', {
        ...christmas,
        room_type: 'double',
      })
      expect(result).toMatchObject({
        nights: 4,
        total: 660.95,
        prices: [
          { from: '2026-12-23', nights: 1, price_per_night: 120.35 },
          { from: '2026-12-24', nights: 3, price_per_night: 180.2 },
        ],
      })
      expect(result).not.toHaveProperty('price_per_night')
    })

    it('offers the cheapest room that is free and large enough when no type is asked for', async () => {
      expect((await desk.call('check_availability', summer)).result).toMatchObject({
        room_type: 'single',
        other_rooms: [{ room_type: 'double' }, { room_type: 'suite' }],
      })
      expect(
        (await desk.call('check_availability', { ...summer, guests: 3 })).result,
      ).toMatchObject({
        room_type: 'suite',
        available: true,
      })
      expect(
        (await desk.call('check_availability', { ...summer, guests: 9 })).result,
      ).toMatchObject({
        error: 'too_many_guests',
      })
    })

    it('counts only rooms that overlap the nights asked for', async () => {
      const left = async (check_in: string, check_out: string) =>
        (await desk.call('check_availability', { check_in, check_out, room_type: 'suite' })).result[
          'rooms_left'
        ]
      expect(await left('2026-12-09', '2026-12-11')).toBe(0)
      expect(await left('2026-12-08', '2026-12-10')).toBe(1)
      expect(await left('2026-12-12', '2026-12-13')).toBe(1)
    })

    it('tells the model what is wrong with dates and room types', async () => {
      const error = async (args: Record<string, unknown>) =>
        (await desk.call('check_availability', { ...summer, ...args })).result
      expect(await error({ check_in: '2026-11-22' })).toMatchObject({
        error: 'date_in_the_past',
        message: expect.stringContaining('2026-11-23'),
      })
      expect(await error({ check_out: '2027-07-01' })).toMatchObject({ error: 'bad_dates' })
      expect(await error({ check_out: '2027-12-01' })).toMatchObject({ error: 'too_many_nights' })
      expect(await error({ check_in: '2099-07-01', check_out: '2099-07-02' })).toMatchObject({
        error: 'too_far_ahead',
      })
      expect(await error({ room_type: 'cave' })).toMatchObject({
        error: 'unknown_room_type',
        room_types: [{ room_type: 'single' }, { room_type: 'double' }, { room_type: 'suite' }],
      })
    })

    it('sells no night that is over by the hotel’s own clock', async () => {
      const tonight = { check_in: '2026-11-23', check_out: '2026-11-24' }
      expect((await desk.call('check_availability', tonight)).ok).toBe(true)
      desk.goTo(Date.parse('2026-11-23T23:00:00Z')) // midnight in Berlin
      const { result } = await desk.call('check_availability', tonight)
      desk.goTo(now)
      expect(result).toMatchObject({ error: 'date_in_the_past' })
    })

    it('finds a reservation by number and does not tell a number’s guest to whoever says it', async () => {
      const { result } = await desk.call('get_reservation', { reservation_number: '47 11' })
      expect(result).toMatchObject({ reservation_number: '4711', nights: 3, total: 361.05 })
      expect(JSON.stringify(result)).not.toContain('Müller')
      expect(
        await desk.call('get_reservation', { reservation_number: 4711, guest_name: 'Mueller' }),
      ).toMatchObject({ ok: true, result: { guest_name: 'Jörg Müller' } })
      expect(
        await desk.call('get_reservation', { reservation_number: '4711', guest_name: 'Paul Old' }),
      ).toMatchObject({ ok: false, result: { error: 'not_found' } })
    })

    it('finds a guest by full name as heard, and never guesses between two', async () => {
      const find = async (guest_name: string) =>
        (await desk.call('get_reservation', { guest_name })).result
      expect(await find('jorg muller')).toMatchObject({ reservation_number: '4711' })
      expect(await find('Emma Fischer')).toMatchObject({ reservation_number: '4712' })
      expect(await find('Emma Fisher')).toMatchObject({ reservation_number: '4713' })
      expect(await find('Emma Fischher')).toMatchObject({ reservation_number: '4712' })
      expect(await find('Ema Fiscer')).toMatchObject({ error: 'ambiguous' })
      expect(await find('Fischer')).toMatchObject({ error: 'full_name_needed' })
      expect(await find('Nobody Here')).toMatchObject({ error: 'not_found' })
      expect(await find('Paul Old')).toMatchObject({ error: 'not_found' })
    })

    it('tells what the hotel says about a topic', async () => {
      const about = async (topic?: string) =>
        (await desk.call('get_hotel_info', topic === undefined ? {} : { topic })).result
      expect(await about('Breakfast')).toEqual({
        topic: 'breakfast',
        text: 'Breakfast is from seven to ten.',
      })
      expect(await about()).toMatchObject({ info: { parking: 'Parking is free.' } })
      expect(await about('helicopter')).toMatchObject({
        error: 'unknown_topic',
        topics: ['breakfast', 'parking'],
      })
    })

    it('books a room under a number of four digits, with price and ledger row in step', async () => {
      const { ok, result } = await book({ ...christmas, guest_name: 'Carla Cruz' }, 'book-1')
      expect(ok).toBe(true)
      expect(result).toMatchObject({ booked: true, room_name: 'double room', total: 660.95 })
      expect(result['reservation_number']).toMatch(/^[1-9]\d{3}$/)
      const [row] = await rowsOf('Carla Cruz')
      expect(row).toMatchObject({ number: result['reservation_number'], totalCents: 66_095 })
      const [effect] = await desk.store.database.client
        .select()
        .from(effects)
        .where(eq(effects.key, row?.effectKey ?? ''))
      expect(effect).toMatchObject({ state: 'committed', callId: 'book-1', result })
      const shown = await desk.call('get_reservation', { guest_name: 'carla cruz' })
      expect(shown.result).toMatchObject({ reservation_number: result['reservation_number'] })
    })

    it('books once though the model asks twice, one after the other or at the same time', async () => {
      const stay = { check_in: '2027-03-01', check_out: '2027-03-02' }
      const first = await book({ ...stay, guest_name: 'Dora Diaz' }, 'twice')
      const again = await book(
        { ...stay, guest_name: ' dora  DIAZ', room_type: 'doubles', guests: 2 },
        'twice',
      )
      expect(first.result).not.toHaveProperty('already_booked')
      expect(again).toEqual({
        ok: true,
        result: {
          ...first.result,
          already_booked: true,
          message: expect.stringContaining('nothing more was booked'),
        },
      })
      expect(await rowsOf('Dora Diaz')).toHaveLength(1)

      const args = { ...stay, guest_name: 'Eva Elm' }
      const results = await Promise.all([1, 2, 3].map(() => book(args, 'at-once')))
      expect(new Set(results.map(({ result }) => result['reservation_number'])).size).toBe(1)
      expect(results.filter(({ result }) => result['already_booked'] === true)).toHaveLength(2)
      expect(await rowsOf('Eva Elm')).toHaveLength(1)
    })

    it('never sells the last room to two callers', async () => {
      const stay = { check_in: '2027-04-01', check_out: '2027-04-05', guest_name: 'Last Room' }
      const results = await Promise.all(
        Array.from({ length: 8 }, (_, index) => book(stay, `race-${index}`)),
      )
      expect(results.filter(({ ok }) => ok)).toHaveLength(2)
      for (const { ok, result } of results) if (!ok) expect(result['error']).toBe('no_rooms_left')
      expect(await rowsOf('Last Room')).toHaveLength(2)
    })

    it('refuses more guests than a room takes, and tries again when a refused one is asked again', async () => {
      const stay = { check_in: '2027-05-01', check_out: '2027-05-02', guest_name: 'Big Group' }
      expect((await book({ ...stay, guests: 3 }, 'group')).result['error']).toBe('too_many_guests')
      expect((await book({ ...stay, guests: 2 }, 'group')).ok).toBe(true)
    })

    it('leaves nothing of a booking that is aborted before it is pending', async () => {
      const controller = new AbortController()
      controller.abort()
      const stay = { check_in: '2027-06-01', check_out: '2027-06-02' }
      const aborted = desk.call(
        'create_reservation',
        { room_type: 'double', guest_name: 'Never Mind', ...stay },
        { callId: 'aborted', signal: controller.signal },
      )
      await expect(aborted).rejects.toMatchObject({ name: 'AbortError' })
      expect(await rowsOf('Never Mind')).toEqual([])
      const { client } = desk.store.database
      expect(await client.select().from(effects).where(eq(effects.callId, 'aborted'))).toEqual([])
    })

    it('refuses a job that another one has replaced', async () => {
      await desk.ledger.fence({ callId: 'fenced', epoch: 2 })
      const args = { room_type: 'double', guest_name: 'Old Job', ...summer }
      const old = await desk.call('create_reservation', args, { callId: 'fenced', epoch: 1 })
      expect(old).toMatchObject({ ok: false, result: { error: 'unavailable' } })
      expect(await rowsOf('Old Job')).toEqual([])
      expect((await desk.call('create_reservation', args, { callId: 'fenced', epoch: 2 })).ok).toBe(
        true,
      )
      await expect(desk.ledger.fence({ callId: 'fenced', epoch: 1 })).rejects.toMatchObject({
        code: 'superseded',
      })
    })

    it('rolls back what a failing step wrote, and a repeat may succeed', async () => {
      const request = {
        ...{ callId: 'broken', turnId: 't', epoch: 1, tool: 'x' },
        ...{ identity: { a: 1 }, arguments: {} },
      }
      const { signal } = new AbortController()
      const row = { hotelId: 'hotels/hill-inn', roomTypeId: 'single', guestName: 'Half Done' }
      const failing = desk.ledger.run(
        request,
        async (tx) => {
          const stay = { checkIn: '2027-01-01', checkOut: '2027-01-02' }
          await tx
            .insert(reservations)
            .values({ ...row, ...stay, number: '999', totalCents: 1, currency: 'EUR' })
          throw new Error('broken half way')
        },
        { signal },
      )
      await expect(failing).rejects.toMatchObject({ code: 'failed' })
      expect(await rowsOf('Half Done')).toEqual([])
      const again = await desk.ledger.run(request, async () => ({ ok: true, result: { n: 1 } }), {
        signal,
      })
      expect(again).toEqual({ kind: 'committed', result: { n: 1 } })
    })

    it('follows its file: prices, rooms and texts, but reservations only once', async () => {
      const before = await rowsOf('Jörg Müller')
      const hotel = sampleHotel()
      await desk.change({
        ...hotel,
        roomTypes: hotel.roomTypes
          .filter(({ id }) => id !== 'suite')
          .map((type) => ({ ...type, pricePerNight: type.pricePerNight + 1 })),
        rates: [],
        info: { pool: 'There is no pool.' },
        reservations: hotel.reservations
          .map((one) => ({ ...one, guest: 'Somebody Else' }))
          .slice(1),
      })
      const stay = { check_in: '2027-08-01', check_out: '2027-08-03' }
      expect(
        (await desk.call('check_availability', { ...stay, room_type: 'double' })).result,
      ).toMatchObject({ price_per_night: 121.35, total: 242.7 })
      expect(
        (await desk.call('check_availability', { ...stay, room_type: 'suite' })).result,
      ).toMatchObject({
        error: 'unknown_room_type',
      })
      expect((await desk.call('get_hotel_info', { topic: 'pool' })).result).toMatchObject({
        text: 'There is no pool.',
      })
      expect(await rowsOf('Jörg Müller')).toEqual(before)
      expect(await rowsOf('Somebody Else')).toEqual([])
      expect((await desk.call('get_reservation', { reservation_number: '4712' })).ok).toBe(true)
    })
  })
}

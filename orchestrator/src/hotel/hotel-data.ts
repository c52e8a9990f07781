import { z } from 'zod'

const date = z.iso.date('a date as "YYYY-MM-DD"')
const id = z.string().regex(/^[a-z0-9][a-z0-9-]{0,62}$/, 'small letters, digits and hyphens')
const name = z.string().trim().min(1).max(120)
const price = z
  .number()
  .min(0)
  .max(100_000)
  .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, 'whole cents')

const currency = z
  .string()
  .refine(hasCents, 'an ISO 4217 currency with hundredths, for example EUR')

/** Rooms, rates and guests of the built-in hotel: `lines/hotels/*.yaml`. Unknown fields are refused. */
export const hotelData = z
  .strictObject({
    name,
    currency,
    roomTypes: z
      .array(
        z.strictObject({
          id,
          name,
          rooms: z.number().int().min(0).max(10_000),
          sleeps: z.number().int().min(1).max(50),
          pricePerNight: price,
        }),
      )
      .min(1),
    rates: z
      .array(z.strictObject({ roomType: id, from: date, to: date, pricePerNight: price }))
      .default([])
      .describe('prices of some nights, first and last included; they go before pricePerNight'),
    info: z.record(id, z.string().trim().min(1).max(1000)).default({}),
    reservations: z
      .array(
        z.strictObject({
          number: z.string().regex(/^\d{3,8}$/, 'three to eight digits in quotes'),
          guest: name,
          roomType: id,
          checkIn: date,
          checkOut: date,
        }),
      )
      .default([]),
  })
  .superRefine((hotel, ctx) => {
    const fault = (path: (string | number)[], message: string) =>
      ctx.addIssue({ code: 'custom', path, message })
    const types = new Set<string>()
    hotel.roomTypes.forEach((type, index) => {
      if (types.has(type.id)) fault(['roomTypes', index, 'id'], 'is there twice')
      types.add(type.id)
    })
    hotel.rates.forEach((rate, index) => {
      if (!types.has(rate.roomType)) fault(['rates', index, 'roomType'], 'no such room type')
      if (rate.to < rate.from) fault(['rates', index, 'to'], 'lies before "from"')
      const overlaps = hotel.rates
        .slice(0, index)
        .some((one) => one.roomType === rate.roomType && one.from <= rate.to && rate.from <= one.to)
      if (overlaps) fault(['rates', index, 'from'], 'overlaps a rate above')
    })
    const numbers = new Set<string>()
    hotel.reservations.forEach((one, index) => {
      const at = (field: string) => ['reservations', index, field]
      if (numbers.has(one.number)) fault(at('number'), 'is there twice')
      numbers.add(one.number)
      if (!types.has(one.roomType)) fault(at('roomType'), 'no such room type')
      if (one.checkOut <= one.checkIn) fault(at('checkOut'), 'must lie after checkIn')
    })
  })
export type HotelData = z.infer<typeof hotelData>

function hasCents(code: string): boolean {
  try {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency: code })
    return format.resolvedOptions().maximumFractionDigits === 2
  } catch {
    return false // RangeError is how Intl says "no currency code"
  }
}

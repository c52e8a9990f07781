import { z } from 'zod'

export const weekday = z.enum([
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
])
export type Weekday = z.infer<typeof weekday>

/** A time of the line's own clock, "HH:MM". */
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time as "HH:MM"')

export const calendarDate = z.iso.date('a date as "YYYY-MM-DD"')

/** `close` not after `open` is on the next day; both the same is the whole day. */
export const openingHours = z.strictObject({ open: timeOfDay, close: timeOfDay })
export type OpeningHours = z.infer<typeof openingHours>

/** `to` not after `from` is on the next day. */
export const quietHours = z.strictObject({ from: timeOfDay, to: timeOfDay })

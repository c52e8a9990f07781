import { z } from 'zod'
import type { ToolResult } from '../../dialogue/tool.ts'
import { matchChoice } from '../match-choice.ts'
import { nightsOf, type Stay } from '../stay.ts'
import { toolError } from './tool-error.ts'

const maxNights = 90
const maxYearsAhead = 3

export const checkInArgument = z.iso
  .date('a date as YYYY-MM-DD')
  .describe('arrival date, YYYY-MM-DD')
export const checkOutArgument = z.iso
  .date('a date as YYYY-MM-DD')
  .describe('departure date, YYYY-MM-DD')
export const guestsArgument = z.coerce
  .number('a whole number')
  .int()
  .min(1)
  .max(50)
  .describe('number of guests')

/** A room type by its id and what it is called. */
export interface NamedRoomType {
  readonly id: string
  readonly name: string
}

/** `room_type` with the hotel's own types, so that the model need not guess. */
export function roomTypeArgument(roomTypes: readonly NamedRoomType[]) {
  const known = roomTypes.map(({ id, name }) => (id === name ? id : `${id} (${name})`)).join(', ')
  return z.string().min(1).describe(`one of: ${known}`)
}

/** Undefined when the dates can be asked for; `today` is the hotel's. */
export function findStayFault({ checkIn, checkOut }: Stay, today: string): ToolResult | undefined {
  if (checkIn < today) {
    return toolError('date_in_the_past', `check_in lies before today, which is ${today}`)
  }
  if (checkOut <= checkIn) return toolError('bad_dates', 'check_out must be after check_in')
  const lastYear = Number(today.slice(0, 4)) + maxYearsAhead
  if (Number(checkIn.slice(0, 4)) > lastYear) {
    return toolError('too_far_ahead', `rooms are sold until the end of ${lastYear}`)
  }
  if (nightsOf({ checkIn, checkOut }).length > maxNights) {
    return toolError('too_many_nights', `a stay has ${maxNights} nights at most`)
  }
  return undefined
}

/** The room type a word means, or the error that lists what there is. */
export function findRoomType<T extends NamedRoomType>(
  wanted: string,
  roomTypes: readonly T[],
): { ok: true; roomType: T } | { ok: false; error: ToolResult } {
  const roomType = matchChoice(wanted, roomTypes, ({ id, name }) => [id, name])
  if (roomType) return { ok: true, roomType }
  const known = roomTypes.map(({ id, name }) => ({ room_type: id, room_name: name }))
  const error = toolError('unknown_room_type', 'the hotel has no such room type', {
    room_types: known,
  })
  return { ok: false, error }
}

import { z } from 'zod'
import { toRecord } from '../wire/request.ts'

const text = z.union([z.string(), z.number()]).transform(String)
const amount = z.coerce.number().optional().catch(undefined)
const word = text.optional().catch(undefined)

const room = z.object({
  room_type: word,
  room_name: word,
  name: word,
  type: word,
  id: word,
  check_in: word,
  check_out: word,
  nights: amount,
  price_per_night: amount,
  total: amount,
  total_price: amount,
  currency: word,
  available: z.boolean().optional().catch(undefined),
  guest_name: word,
  guest: word,
  reservation_number: word,
  number: word,
  already_booked: z.boolean().optional().catch(undefined),
})

/** A room as a tool's result tells of it; nothing in it is invented here. */
export interface Room {
  readonly type?: string | undefined
  readonly name?: string | undefined
  readonly checkIn?: string | undefined
  readonly checkOut?: string | undefined
  readonly pricePerNight?: number | undefined
  readonly total?: number | undefined
  readonly currency?: string | undefined
  readonly guestName?: string | undefined
  readonly number?: string | undefined
  /** Earlier in the call, and nothing more was booked now. */
  readonly isAlreadyBooked?: boolean | undefined
}

export type Outcome =
  /** `others`: what the result names beside the one that was asked for. */
  | { readonly kind: 'rooms'; readonly rooms: readonly Room[]; readonly others: readonly Room[] }
  | { readonly kind: 'unavailable'; readonly room: Room; readonly others: readonly Room[] }
  | {
      readonly kind: 'failed'
      readonly message?: string | undefined
      readonly code: string
      readonly others: readonly Room[]
    }

/** Reads the result of check_availability, get_reservation or create_reservation. */
export function readOutcome(json: string): Outcome {
  const result = toRecord(json)
  if (Object.keys(result).length === 0) {
    return { kind: 'failed', code: 'unreadable', others: [] }
  }
  const failure = readFailure(result)
  const lists = Object.values(result).flatMap((value) => toRooms(value, result))
  const nested = ['reservation', 'booking', 'room', 'result', 'offer'].flatMap((key) =>
    toRooms([result[key]], result),
  )
  const own = toRoom(result)
  const rooms = [...lists, ...nested]
  if (result['available'] === false) {
    return { kind: 'unavailable', room: own ?? {}, others: rooms }
  }
  if (failure) return { ...failure, others: rooms }
  if (rooms.length > 0 && own?.type === undefined && own?.name === undefined) {
    return { kind: 'rooms', rooms, others: [] }
  }
  if (own && Object.values(own).some((value) => value !== undefined)) {
    return { kind: 'rooms', rooms: [own], others: rooms }
  }
  return result['available'] === undefined
    ? { kind: 'failed', code: 'empty', others: [] }
    : { kind: 'rooms', rooms: [], others: [] }
}

function readFailure(
  result: Readonly<Record<string, unknown>>,
): Omit<Extract<Outcome, { kind: 'failed' }>, 'others'> | undefined {
  const { error, found, ok, success } = result
  const isFailed =
    (error !== undefined && error !== null && error !== false) ||
    found === false ||
    ok === false ||
    success === false
  if (!isFailed) return undefined
  const inner = z.object({ message: word, code: word }).safeParse(error).data
  const message = word.parse(result['message']) ?? inner?.message ?? word.parse(error)
  const code = inner?.code ?? word.parse(error) ?? (found === false ? 'not_found' : 'failed')
  return { kind: 'failed', message: isSpeakable(message) ? message : undefined, code }
}

/** A sentence for people, not an identifier or a stack. */
export function isSpeakable(message: string | undefined): boolean {
  return (
    message !== undefined &&
    /^\p{Lu}.*[\p{L}\p{M}\d][.!?।]?$/u.test(message) &&
    message.includes(' ') &&
    message.length <= 240 &&
    !/[_{}<>[\]]|\bat \S+:\d|error:/i.test(message)
  )
}

function toRooms(value: unknown, parent: Readonly<Record<string, unknown>>): Room[] {
  if (!Array.isArray(value)) return []
  return value.flatMap((item) => {
    const parsed = room.safeParse(item)
    if (!parsed.success || parsed.data.available === false) return []
    const found = toRoom({ ...inherited(parent), ...definedOf(parsed.data) })
    return found && (found.type ?? found.name) ? [found] : []
  })
}

/** Dates and currency may be said once for all rooms. */
function inherited(parent: Readonly<Record<string, unknown>>): object {
  const { check_in, check_out, nights, currency } = room.parse(parent)
  return definedOf({ check_in, check_out, nights, currency })
}

function definedOf(value: object): object {
  return Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined))
}

function toRoom(value: object): Room | undefined {
  const parsed = room.safeParse(value)
  if (!parsed.success) return undefined
  const found = parsed.data
  return {
    type: found.room_type ?? found.type ?? found.id,
    name: found.room_name ?? found.name,
    checkIn: found.check_in,
    checkOut: found.check_out,
    pricePerNight: found.price_per_night,
    total: found.total ?? found.total_price,
    currency: found.currency,
    guestName: found.guest_name ?? found.guest,
    number: found.reservation_number ?? found.number,
    isAlreadyBooked: found.already_booked,
  }
}

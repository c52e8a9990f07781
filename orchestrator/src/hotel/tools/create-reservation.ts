import { z } from 'zod'
import { EffectError } from '../../database/effect-error.ts'
import type { EffectOutcome, EffectStep } from '../../database/effect-ledger.ts'
import { defineTool, type Tool, type ToolResult } from '../../dialogue/tool.ts'
import { type BookingResult, bookRoom } from '../book-room.ts'
import type { HotelData } from '../hotel-data.ts'
import { fromCents } from '../money.ts'
import { foldName } from '../spoken-name.ts'
import type { Stay } from '../stay.ts'
import {
  checkInArgument,
  checkOutArgument,
  findRoomType,
  findStayFault,
  guestsArgument,
  roomTypeArgument,
} from './stay-arguments.ts'
import type { HotelToolDeps } from './tool-deps.ts'
import { toolError } from './tool-error.ts'

export type EffectOutcomeLabel =
  | 'committed'
  | 'repeated'
  | 'refused'
  | 'superseded'
  | 'unavailable'
  | 'failed'
  | 'unknown'

export function createReservationTool(
  deps: HotelToolDeps,
  { onEffect }: { onEffect: (outcome: EffectOutcomeLabel) => void },
): Tool {
  return defineTool({
    name: 'create_reservation',
    description:
      'Books a room. Call it only after the caller has confirmed room, dates and name. ' +
      'The room is booked only when the result says so and has a reservation_number. ' +
      'Another room of the same type on the same dates needs the name of another guest.',
    hasEffect: true,
    proves: ['booking-made', 'booking-stands'],
    parameters: z.object({
      room_type: roomTypeArgument(deps.roomTypes),
      check_in: checkInArgument,
      check_out: checkOutArgument,
      guest_name: z.string().trim().min(2).max(120).describe('name of the guest'),
      guests: guestsArgument.optional(),
    }),
    async run(args, { callId, turnId, epoch, signal }) {
      const stay: Stay = { checkIn: args.check_in, checkOut: args.check_out }
      const fault = findStayFault(stay, deps.today)
      if (fault) return fault
      const found = findRoomType(args.room_type, deps.roomTypes)
      if (!found.ok) return found.error
      const { guest_name: guestName, guests } = args
      const identity = {
        hotel: deps.hotelId,
        room_type: found.roomType.id,
        check_in: stay.checkIn,
        check_out: stay.checkOut,
        guest_name: foldName(guestName),
      }
      const request = { callId, turnId, epoch, tool: 'create_reservation', identity }
      try {
        const outcome = await deps.ledger.run(
          { ...request, arguments: args },
          async (tx, effectKey) => {
            const { hotelId, currency } = deps
            const roomTypeId = found.roomType.id
            const booking = { hotelId, currency, roomTypeId, stay, guestName, guests, effectKey }
            return toStep(await bookRoom(tx, booking), { ...booking, roomType: found.roomType })
          },
          { signal },
        )
        onEffect(outcome.kind)
        return toToolResult(outcome)
      } catch (error) {
        if (!(error instanceof EffectError)) throw error
        onEffect(error.code)
        return toEffectFault(error)
      }
    },
  })
}

/** The same room, dates and name twice in a call is one booking; without a word the model would confirm two. */
function toToolResult({ kind, result }: EffectOutcome): ToolResult {
  if (kind !== 'repeated') return { ok: kind === 'committed', result }
  const message =
    'this was booked earlier in this call, under this reservation_number; nothing more was booked. ' +
    'For another room like it ask for the name of its guest'
  return { ok: true, result: { ...result, already_booked: true, message } }
}

function toStep(
  booked: BookingResult,
  booking: {
    stay: Stay
    guestName: string
    currency: string
    roomType: HotelData['roomTypes'][number]
  },
): EffectStep {
  const { stay, guestName, currency, roomType } = booking
  switch (booked.kind) {
    case 'booked':
      return {
        ok: true,
        result: {
          booked: true,
          reservation_number: booked.number,
          room_type: roomType.id,
          room_name: roomType.name,
          guest_name: guestName,
          check_in: stay.checkIn,
          check_out: stay.checkOut,
          nights: booked.offer.nights.length,
          total: fromCents(booked.totalCents),
          currency,
        },
      }
    case 'no-rooms-left':
      return toolError('no_rooms_left', 'this room type is full on these dates; nothing was booked')
    case 'too-many-guests':
      return toolError('too_many_guests', `this room takes ${roomType.sleeps}; nothing was booked`)
    case 'not-offered':
      return toolError('unknown_room_type', 'this room is no longer offered; nothing was booked')
    default:
      return booked satisfies never
  }
}

function toEffectFault(error: EffectError): ToolResult {
  if (error.code === 'unknown') {
    return toolError(
      'outcome_unknown',
      'it is not known whether the room was booked; call again with the same arguments to find out',
    )
  }
  return toolError('unavailable', 'booking does not work at the moment; nothing was booked')
}

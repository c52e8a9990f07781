import { z } from 'zod'
import { defineTool, type Tool, type ToolResult } from '../../dialogue/tool.ts'
import { findByGuest, isSameGuest } from '../find-reservation.ts'
import { type Reservation, readComingReservations, readReservation } from '../hotel.ts'
import { fromCents } from '../money.ts'
import { nightsOf } from '../stay.ts'
import type { HotelToolDeps } from './tool-deps.ts'
import { toolError } from './tool-error.ts'

const notFound = () =>
  toolError('not_found', 'there is no such reservation; ask for the number or the full name again')

/**
 * A caller learns only what belongs to the number or the full name they gave: by number the guest's name is not
 * told, and a number whose name does not match is as good as not there.
 */
export function getReservationTool(deps: HotelToolDeps): Tool {
  return defineTool({
    name: 'get_reservation',
    description:
      'Finds a reservation by its number, or by the guest’s first and last name. Give one of the two.',
    proves: ['booking-stands'],
    parameters: z.object({
      reservation_number: z.coerce
        .string()
        .describe('digits of the reservation number, for example 1234')
        .optional(),
      guest_name: z.string().describe('first and last name of the guest').optional(),
    }),
    async run({ reservation_number, guest_name }) {
      const number = reservation_number?.replaceAll(/\D/g, '')
      if (number) return answerNumber(deps, { number, guestName: guest_name })
      if (guest_name) return answerName(deps, guest_name)
      return toolError('missing_argument', 'ask for the reservation number or the full name')
    },
  })
}

async function answerNumber(
  deps: HotelToolDeps,
  { number, guestName }: { number: string; guestName: string | undefined },
): Promise<ToolResult> {
  const reservation = await readReservation(deps.client, { ...deps, number })
  if (!reservation) return notFound()
  if (guestName === undefined) return { ok: true, result: toSpoken(reservation) }
  if (!isSameGuest(guestName, reservation)) return notFound()
  return { ok: true, result: { ...toSpoken(reservation), guest_name: reservation.guestName } }
}

async function answerName(deps: HotelToolDeps, guestName: string): Promise<ToolResult> {
  const coming = await readComingReservations(deps.client, { ...deps, day: deps.today })
  const match = findByGuest(guestName, coming)
  switch (match.kind) {
    case 'found': {
      const [first, ...more] = match.reservations.map((one) => ({
        ...toSpoken(one),
        guest_name: one.guestName,
      }))
      const result = { ...first, ...(more.length > 0 ? { more_reservations: more } : {}) }
      return { ok: true, result }
    }
    case 'ambiguous':
      return toolError('ambiguous', 'more than one guest could be meant; ask for the number')
    case 'full-name-needed':
      return toolError('full_name_needed', 'ask for first and last name, or for the number')
    case 'not-found':
      return notFound()
    default:
      return match satisfies never
  }
}

function toSpoken(one: Reservation): Readonly<Record<string, unknown>> {
  return {
    reservation_number: one.number,
    room_name: one.roomName,
    check_in: one.checkIn,
    check_out: one.checkOut,
    nights: nightsOf(one).length,
    total: fromCents(one.totalCents),
    currency: one.currency,
  }
}

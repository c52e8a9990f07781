import { z } from 'zod'
import { defineTool, type Tool, type ToolResult } from '../../dialogue/tool.ts'
import { sumCents } from '../availability.ts'
import { type Offer, readOffer, readRoomTypes } from '../hotel.ts'
import type { Stay } from '../stay.ts'
import { toSpokenPrice } from './spoken-price.ts'
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

export function checkAvailabilityTool(deps: HotelToolDeps): Tool {
  return defineTool({
    name: 'check_availability',
    description:
      'Tells whether a room is free from check_in to check_out and what it costs. ' +
      'Without room_type it tells the cheapest room that is free.',
    parameters: z.object({
      check_in: checkInArgument,
      check_out: checkOutArgument,
      room_type: roomTypeArgument(deps.roomTypes).optional(),
      guests: guestsArgument.optional(),
    }),
    run: ({ check_in, check_out, room_type, guests }) =>
      answer(deps, {
        stay: { checkIn: check_in, checkOut: check_out },
        wanted: room_type,
        guests,
      }),
  })
}

async function answer(
  deps: HotelToolDeps,
  { stay, wanted, guests }: { stay: Stay; wanted: string | undefined; guests: number | undefined },
): Promise<ToolResult> {
  const fault = findStayFault(stay, deps.today)
  if (fault) return fault
  const roomTypes = await readRoomTypes(deps.client, deps.hotelId)
  const found = wanted === undefined ? undefined : findRoomType(wanted, roomTypes)
  if (found && !found.ok) return found.error
  const fitting = roomTypes.filter(({ sleeps }) => sleeps >= (guests ?? 1))
  const offers = await Promise.all(
    roomTypes.map((roomType) => readOffer(deps.client, { ...deps, roomType, stay })),
  )
  const free = offers
    .filter(({ roomType, roomsLeft }) => roomsLeft > 0 && fitting.includes(roomType))
    .sort((a, b) => sumCents(a.nights) - sumCents(b.nights))
  const asked = found
    ? offers.find(({ roomType }) => roomType.id === found.roomType.id)
    : (free[0] ?? offers.find(({ roomType }) => fitting.includes(roomType)))
  if (!asked) return toolError('too_many_guests', 'no room takes that many guests')
  const others = free.filter((offer) => offer !== asked)
  const isTooSmall = !fitting.includes(asked.roomType)
  return {
    ok: true,
    result: {
      available: asked.roomsLeft > 0 && !isTooSmall,
      ...toSpokenOffer(asked),
      check_in: stay.checkIn,
      check_out: stay.checkOut,
      nights: asked.nights.length,
      currency: deps.currency,
      ...(isTooSmall ? { problem: 'this room type does not take that many guests' } : {}),
      ...(others.length > 0 ? { other_rooms: others.map(toSpokenOffer) } : {}),
    },
  }
}

function toSpokenOffer({ roomType, roomsLeft, nights }: Offer): Readonly<Record<string, unknown>> {
  return {
    room_type: roomType.id,
    room_name: roomType.name,
    sleeps: roomType.sleeps,
    rooms_left: roomsLeft,
    ...toSpokenPrice(nights),
  }
}

import type OpenAI from 'openai'

/** A hotel made up for these tests; the server knows nothing of it but what the tools answer. */
export interface FakeHotel {
  readonly tools: OpenAI.Chat.ChatCompletionTool[]
  run(name: string, args: Record<string, unknown>): Record<string, unknown>
}

export interface FakeHotelOptions {
  readonly prices?: Readonly<Record<string, number>>
  readonly soldOut?: readonly string[]
  /** How the tools name the kinds of room: in an enum, in words, or not at all. */
  readonly kinds?: 'enum' | 'described'
  /** Without a kind of room: all that is free, or the cheapest and what else there is. */
  readonly unasked?: 'list' | 'cheapest'
  readonly failing?: readonly string[]
}

export function createFakeHotel(options: FakeHotelOptions = {}): FakeHotel {
  const prices = options.prices ?? { single: 71, double: 113, suite: 307 }
  const info: Record<string, string> = {
    breakfast: 'Breakfast is from seven to ten and costs nineteen euros.',
    parking: 'Parking costs seventeen euros a night.',
    wifi: 'Wireless internet is free.',
  }
  const known = Object.keys(prices)
  const booked = new Set<string>()
  const kind = {
    type: 'string',
    ...(options.kinds === 'enum' ? { enum: known } : {}),
    ...(options.kinds === 'described'
      ? { description: `one of: ${known.map((one) => `${one} (${one} room)`).join(', ')}` }
      : {}),
  }
  const day = { type: 'string', description: 'YYYY-MM-DD' }
  const tools = [
    tool(
      'check_availability',
      { check_in: day, check_out: day, room_type: kind, guests: { type: 'integer' } },
      ['check_in', 'check_out'],
    ),
    tool(
      'get_reservation',
      { reservation_number: { type: 'string' }, guest_name: { type: 'string' } },
      [],
    ),
    tool('get_hotel_info', { topic: { type: 'string' } }, []),
    tool(
      'create_reservation',
      {
        room_type: kind,
        check_in: day,
        check_out: day,
        guest_name: { type: 'string' },
        guests: { type: 'integer' },
      },
      ['room_type', 'check_in', 'check_out', 'guest_name'],
    ),
    tool('end_call', { reason: { type: 'string' } }, []),
  ]
  const quote = (type: string, args: Record<string, unknown>) => {
    const nights =
      (Date.parse(String(args['check_out'])) - Date.parse(String(args['check_in']))) / 86_400_000
    const price = prices[type] ?? 0
    return {
      available: true,
      room_type: type,
      room_name: type === 'suite' ? 'suite' : `${type} room`,
      check_in: args['check_in'],
      check_out: args['check_out'],
      nights,
      price_per_night: price,
      total: price * nights,
      currency: 'EUR',
    }
  }
  return {
    tools,
    run(name, args) {
      if (options.failing?.includes(name)) return { error: 'hotel_down', message: 'no connection' }
      const type = String(args['room_type'] ?? '')
      switch (name) {
        case 'check_availability':
          if (type === '') {
            const rooms = known.map((one) => quote(one, args))
            const [first, ...others] = rooms
            return options.unasked === 'cheapest'
              ? { ...first, other_rooms: others }
              : { available: true, check_in: args['check_in'], check_out: args['check_out'], rooms }
          }
          if (!(type in prices))
            return { error: 'unknown_room_type', message: 'We have no such room.' }
          return options.soldOut?.includes(type)
            ? {
                available: false,
                room_type: type,
                room_name: `${type} room`,
                check_in: args['check_in'],
                check_out: args['check_out'],
              }
            : quote(type, args)
        case 'get_reservation':
          return args['reservation_number'] === '4711' || /fisch/i.test(String(args['guest_name']))
            ? {
                reservation_number: '4711',
                guest_name: 'Erna Fischer',
                room_name: 'double room',
                check_in: '2026-12-11',
                check_out: '2026-12-14',
              }
            : { error: 'not_found', message: 'There is no such reservation.' }
        case 'get_hotel_info': {
          const text = info[String(args['topic'])]
          return text
            ? { topic: args['topic'], text }
            : { error: 'unknown_topic', topics: Object.keys(info) }
        }
        case 'create_reservation': {
          const key = JSON.stringify(args)
          const isRepeat = booked.has(key)
          booked.add(key)
          return {
            ...quote(type, args),
            reservation_number: '9034',
            guest_name: args['guest_name'],
            ...(isRepeat && { already_booked: true, message: 'nothing more was booked' }),
          }
        }
        default:
          return { ok: true }
      }
    },
  }
}

function tool(
  name: string,
  properties: Record<string, unknown>,
  required: string[],
): OpenAI.Chat.ChatCompletionTool {
  const parameters = { type: 'object', properties, required }
  return { type: 'function', function: { name, description: name, parameters } }
}

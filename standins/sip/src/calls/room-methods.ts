import { RpcError } from '@livekit/rtc-node'
import type { Call } from '@trunkline/telephony'
import { z } from 'zod'
import type { RoomLeg } from '../livekit/room-leg.ts'
import { isProof } from '../routing/attributes.ts'

const headerFilter = z.object({
  include: z.array(z.string()).optional(),
  exclude: z.array(z.string()).optional(),
})
const ending = z.object({ headers: z.record(z.string(), z.string()).optional() })

/** What belongs to one message and says nothing of the peer. */
const transportHeaders = new Set([
  'via',
  'cseq',
  'max-forwards',
  'content-type',
  'content-length',
  'allow',
])

/** `lk.sip.GetRemoteHeaders` and `lk.sip.EndCall`, which anybody in the room may ask of a SIP participant. */
export function answerRoomMethods(leg: RoomLeg, call: Call): void {
  leg.answer('lk.sip.GetRemoteHeaders', async ({ payload }) => {
    const { include, exclude = [] } = read(headerFilter, payload)
    const isNamed = (list: readonly string[], name: string) =>
      list.some((one) => one.toLowerCase() === name)
    const shown = call.remoteHeaders.filter(({ name }) => {
      const lower = name.toLowerCase()
      if (transportHeaders.has(lower) || isProof(lower) || isNamed(exclude, lower)) return false
      return include === undefined || isNamed(include, lower)
    })
    return JSON.stringify({
      headers: Object.fromEntries(shown.map((one) => [one.name, one.value])),
    })
  })
  leg.answer('lk.sip.EndCall', async ({ payload }) => {
    const { headers = {} } = read(ending, payload)
    const extra = Object.entries(headers).map(([name, value]) => ({ name, value }))
    await call.hangup({ headers: extra })
    return '{}'
  })
}

/** @throws {RpcError} for what is not as it should be; any other error would be printed by rtc-node */
function read<T>(schema: z.ZodType<T>, payload: string): T {
  try {
    return schema.parse(payload === '' ? {} : JSON.parse(payload))
  } catch {
    throw RpcError.builtIn('APPLICATION_ERROR')
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import { callList, callRecord } from '@trunkline/contracts'
import { z } from 'zod'
import type { SeenEvent } from './model.ts'
import type { World } from './world.ts'

/** A call whose replica, agent and caller are all gone is closed by the reconciler, after half a minute at most. */
const settleMs = 45_000

/** An event as it lies in the stream, as far as the model looks at it. */
export const storedEvent = z.looseObject({
  type: z.string(),
  turnId: z.string().optional(),
  index: z.number().optional(),
  text: z.string().optional(),
  reason: z.string().optional(),
  digit: z.string().optional(),
})

/** The call as the API tells it, once it is over; as it is after a while if it never is. */
export async function settledRecord(world: World, callId: string) {
  const giveUpAt = performance.now() + settleMs
  for (;;) {
    const response = await get(world, `/v1/calls/${callId}`)
    const record = response?.ok
      ? callRecord.loose().safeParse(await response.json()).data
      : undefined
    const isOver = record?.state === 'ended' || record?.state === 'failed'
    if (isOver || performance.now() > giveUpAt) return record
    await sleep(100)
  }
}

/** How many calls the API lists for a room; -1 when it does not answer. */
export async function countCalls(world: World, room: string): Promise<number> {
  const response = await get(world, `/v1/calls?room=${room}`)
  return response?.ok ? callList.loose().parse(await response.json()).calls.length : -1
}

/** Asks again where a replica was killed with the request. */
async function get({ url, tokens }: World, path: string): Promise<Response | undefined> {
  const headers = { authorization: `Bearer ${tokens.operator}`, connection: 'close' }
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const response = await fetch(`${url}${path}`, { headers }).catch(() => undefined)
    if (response && response.status < 500) return response
    await sleep(200)
  }
  return undefined
}

/** The whole stream; its last event may be a moment behind what the API has said. */
export async function readEvents({ redis }: World, callId: string): Promise<SeenEvent[]> {
  const giveUpAt = performance.now() + 2000
  for (;;) {
    const rows = await redis.xrange(`call:${callId}:events`, '-', '+')
    const events = rows.map(([, [, json = '{}']]) => storedEvent.parse(JSON.parse(json)))
    const isWhole = events.some(({ type }) => type === 'call-ended')
    if (isWhole || performance.now() > giveUpAt) return events
    await sleep(100)
  }
}

/** Keys of a call that would stay for ever. */
export async function endlessKeys({ redis }: World, callId: string): Promise<string[]> {
  const keys = [`call:${callId}`, `call:${callId}:events`, `call:${callId}:lease`, 'calls']
  const ttls = await Promise.all(keys.map((key) => redis.ttl(key)))
  return keys.filter((_key, index) => ttls[index] === -1)
}

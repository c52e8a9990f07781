import type { CallEvent } from '@trunkline/contracts'
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'

/**
 * Adds an event that changes no state to the stream of a call that no orchestrator holds, most often one that has
 * ended. Redis gives the id, so that replicas need not agree on one. False when the call is not kept any more.
 * @throws when Redis is away
 */
export async function appendLate(
  redis: Redis,
  { callId, event }: { callId: string; event: CallEvent },
): Promise<boolean> {
  const stream = keys.events(callId)
  const id = await redis.xadd(stream, 'NOMKSTREAM', '*', 'event', JSON.stringify(event))
  if (id === null) return false
  await redis.publish(stream, '')
  return true
}

import { setTimeout as sleep } from 'node:timers/promises'
import { parsePrometheus } from '@trunkline/testkit'
import type { World } from './world.ts'

/** What is still there of calls that are over; all of it 0 when nothing was lost. */
export interface Leftovers {
  readonly rooms: number
  /** Call channels that a replica counts as open. */
  readonly channels: number
  /** Calls that a replica counts as not ended. */
  readonly calls: number
  readonly keysWithoutTtl: number
}

/** How long everything has to go, in milliseconds. */
export const leftoverGraceMs = 5000

/** Looks after 5 s. @throws when a replica does not answer */
export async function findLeftovers({ livekit, replicas, redis }: World): Promise<Leftovers> {
  await sleep(leftoverGraceMs)
  const scrapes = await Promise.all(
    replicas.map(async ({ port }) => {
      const response = await fetch(`http://127.0.0.1:${port}/metrics`)
      if (!response.ok) throw new Error(`a replica answered ${response.status} to its scrape`)
      return parsePrometheus(await response.text())
    }),
  )
  const sum = (name: string) =>
    scrapes.reduce((all, scrape) => all + (scrape.get(name)?.samples[0]?.value ?? Number.NaN), 0)
  let keysWithoutTtl = 0
  let cursor = '0'
  do {
    const [next, keys] = await redis.scan(cursor, 'COUNT', 1000)
    const ttls = await Promise.all(keys.map((key) => redis.ttl(key)))
    keysWithoutTtl += ttls.filter((ttl) => ttl === -1).length
    cursor = next
  } while (cursor !== '0')
  return {
    ...{ rooms: livekit.rooms.names().length, keysWithoutTtl },
    ...{ channels: sum('voice_gateway_active_streams'), calls: sum('calls_active') },
  }
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { LiveKitConfig } from '../config.ts'
import { joinRoom, type RoomLeg } from './room-leg.ts'
import type { Newcomer } from './token.ts'

/** The participants of this gateway. */
export interface RoomLegs {
  /** @throws when the room cannot be joined */
  join(newcomer: Newcomer): Promise<RoomLeg>
  /** Has everybody leave, and waits for that, but no longer than two seconds. */
  close(): Promise<void>
}

const closeTimeoutMs = 2000

export function createRoomLegs(livekit: LiveKitConfig): RoomLegs {
  const legs = new Set<RoomLeg>()
  return {
    async join(newcomer) {
      const leg = await joinRoom(livekit, newcomer)
      legs.add(leg)
      leg.over.addEventListener('abort', () => void leg.leave().finally(() => legs.delete(leg)), {
        once: true,
      })
      return leg
    },
    async close() {
      const leaving = Promise.allSettled([...legs].map((leg) => leg.leave()))
      await Promise.race([leaving, sleep(closeTimeoutMs, undefined, { ref: false })])
    },
  }
}

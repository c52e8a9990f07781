import { setTimeout as sleep } from 'node:timers/promises'
import type { EndReason } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { WebhookEvent } from 'livekit-server-sdk'
import type { CallRegistry } from '../calls/call-registry.ts'
import { callerLeft } from '../calls/end-reason.ts'

export interface RoomEvents {
  /** Takes an event once; the same id again does nothing. */
  take(event: Pick<WebhookEvent, 'id' | 'event' | 'room' | 'participant'>): void
}

export interface RoomEventsDeps {
  readonly registry: Pick<CallRegistry, 'findByRoom'>
  /** Ends the record of a call that no channel here belongs to. */
  readonly closeForgotten: (call: { roomSid: string; reason: EndReason }) => Promise<void>
  readonly logger: Logger
  readonly signal: AbortSignal
  /** How long the channel, which knows better why, may take to say the same. */
  readonly graceMs: number
}

/** `ParticipantInfo.Kind.AGENT` of LiveKit’s protocol; the SDK does not export the enum. */
const agentKind = 4
const rememberedIds = 5000

/** Ends calls whose end the channel did not report. Webhooks get lost, so this is a hint and nothing waits for it. */
export function createRoomEvents(deps: RoomEventsDeps): RoomEvents {
  const { registry, closeForgotten, logger, signal, graceMs } = deps
  const seen = new Set<string>()

  const endLater = async (roomSid: string, what: 'room-gone' | 'caller-gone') => {
    await sleep(graceMs, undefined, { signal, ref: false })
    const session = registry.findByRoom(roomSid)
    if (session?.isEnding) return
    if (session) {
      const { state } = session.record
      await session.endNow(what === 'room-gone' ? 'room-lost' : callerLeft(state))
    } else if (what === 'room-gone') {
      await closeForgotten({ roomSid, reason: 'room-lost' })
    }
  }
  const start = (roomSid: string, what: 'room-gone' | 'caller-gone') =>
    inBackground(endLater(roomSid, what), {
      signal,
      onError: (error) => logger.warn({ err: error }, 'a hint from livekit came to nothing'),
    })

  return {
    take({ id, event, room, participant }) {
      if (seen.has(id)) return
      seen.add(id)
      const [oldest] = seen
      if (seen.size > rememberedIds && oldest !== undefined) seen.delete(oldest)
      if (!room) return
      const isCaller = participant !== undefined && participant.kind !== agentKind
      if (event === 'room_finished') start(room.sid, 'room-gone')
      else if (event === 'participant_left' && isCaller) start(room.sid, 'caller-gone')
    },
  }
}

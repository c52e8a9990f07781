import { setTimeout as sleep } from 'node:timers/promises'
import type { WebhookEvent } from 'livekit-server-sdk'
import type { CallRegistry } from '../calls/call-registry.ts'
import type { CallSession } from '../calls/call-session.ts'
import { callerLeft } from '../calls/end-reason.ts'

export interface RoomEvents {
  /** Takes an event once; the same id again does nothing. */
  take(event: Pick<WebhookEvent, 'id' | 'event' | 'room' | 'participant'>): void
}

export interface RoomEventsDeps {
  readonly registry: Pick<CallRegistry, 'findByRoom'>
  readonly signal: AbortSignal
  /** How long the channel, which knows better why, may take to say the same. */
  readonly graceMs: number
}

/** `ParticipantInfo.Kind.AGENT` of LiveKit’s protocol; the SDK does not export the enum. */
const agentKind = 4
const rememberedIds = 5000

/** Ends calls whose end the channel did not report. Webhooks get lost, so this is a hint and nothing waits for it. */
export function createRoomEvents({ registry, signal, graceMs }: RoomEventsDeps): RoomEvents {
  const seen = new Set<string>()

  const endLater = async (session: CallSession, how: 'room-gone' | 'caller-gone') => {
    await sleep(graceMs, undefined, { signal, ref: false })
    if (session.isEnding) return
    await session.endNow(how === 'room-gone' ? 'room-lost' : callerLeft(session.record.state))
  }

  return {
    take({ id, event, room, participant }) {
      if (seen.has(id)) return
      seen.add(id)
      const [oldest] = seen
      if (seen.size > rememberedIds && oldest !== undefined) seen.delete(oldest)

      const session = room ? registry.findByRoom(room.sid) : undefined
      if (!session) return
      const isCaller = participant !== undefined && participant.kind !== agentKind
      if (event === 'room_finished') void endLater(session, 'room-gone').catch(ignoreClosing)
      else if (event === 'participant_left' && isCaller) {
        void endLater(session, 'caller-gone').catch(ignoreClosing)
      }
    },
  }
}

/** The wait is only ever broken off by the service's own end. */
function ignoreClosing(): void {}

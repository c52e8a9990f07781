import { setTimeout as sleep } from 'node:timers/promises'
import {
  colleagueIdentityPrefix,
  type EndReason,
  operatorIdentityPrefix,
} from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { CallRegistry } from '../calls/call-registry.ts'
import { callerLeft } from '../calls/end-reason.ts'
import type { RoomInfo } from './room-info.ts'
import type { Rooms } from './rooms.ts'
import type { WebhookEvent } from './webhook-event.ts'

export interface RoomEvents {
  /** Takes an event that was not taken before, by any replica. */
  take(event: WebhookEvent): void
}

export interface RoomEventsDeps {
  readonly registry: Pick<CallRegistry, 'findByRoom'>
  readonly rooms: Pick<Rooms, 'noteSipLeg'>
  /** Ends the record of a call that no channel here belongs to. */
  readonly closeForgotten: (call: { roomSid: string; reason: EndReason }) => Promise<void>
  /** There is a room with somebody in it: its job has to say hello soon. */
  readonly onRoomSeen: (room: RoomInfo) => void
  /** `egress_ended`, as LiveKit sends it (`EgressInfo` in protojson). */
  readonly onEgressEnded: (info: Readonly<Record<string, unknown>>) => void
  readonly logger: Logger
  readonly signal: AbortSignal
  /** How long the channel, which knows better why, may take to say the same. */
  readonly graceMs: number
}

/** Ends calls whose end the channel did not report. Webhooks get lost, so this is a hint and nothing waits for it. */
export function createRoomEvents(deps: RoomEventsDeps): RoomEvents {
  const { registry, rooms, closeForgotten, onRoomSeen, onEgressEnded } = deps
  const { logger, signal, graceMs } = deps

  const endLater = async (
    roomSid: string,
    what: 'room-gone' | 'caller-gone' | 'colleague-gone',
  ) => {
    await sleep(graceMs, undefined, { signal, ref: false })
    const session = registry.findByRoom(roomSid)
    if (session?.isEnding) return
    // One who was not joined to the caller may go: the transfer tells the caller.
    if (what === 'colleague-gone' && session?.record.state !== 'bridged') return
    if (session) {
      const { state } = session.record
      await session.endNow(what === 'room-gone' ? 'room-lost' : callerLeft(state))
    } else if (what === 'room-gone') {
      await closeForgotten({ roomSid, reason: 'room-lost' })
    }
  }
  const start = (roomSid: string, what: 'room-gone' | 'caller-gone' | 'colleague-gone') =>
    inBackground(endLater(roomSid, what), {
      signal,
      onError: (error) => logger.warn({ err: error }, 'a hint from livekit came to nothing'),
    })

  return {
    take({ event, createdAt, room, participant, egressInfo }) {
      if (event === 'egress_ended' && egressInfo) onEgressEnded(egressInfo)
      if (!room) return
      const isCaller =
        participant !== undefined &&
        participant.kind !== 'AGENT' &&
        !participant.identity.startsWith(operatorIdentityPrefix)
      const isColleague = participant?.identity.startsWith(colleagueIdentityPrefix) === true
      switch (event) {
        case 'participant_joined':
          if (participant?.kind === 'SIP' && !isColleague)
            rooms.noteSipLeg(room.name, participant.identity)
          if (isCaller) onRoomSeen({ ...room, createdAt: createdAt * 1000 })
          return
        case 'room_finished':
          start(room.sid, 'room-gone')
          return
        case 'participant_left':
          if (isCaller) start(room.sid, isColleague ? 'colleague-gone' : 'caller-gone')
          return
        default:
          return // what else happens in a room, the channel says better
      }
    },
  }
}

import { DisconnectReason, RoomEvent } from '@livekit/rtc-node'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { toEndReason } from './caller.ts'
import type { Ending } from './ending.ts'

/** What of rtc-node's `Room` this needs. */
export interface LosableRoom {
  on(event: RoomEvent.Disconnected, listener: (reason?: DisconnectReason) => void): unknown
}

export interface FollowRoomOptions {
  readonly ending: Pick<Ending, 'signal' | 'end' | 'leave' | 'roomLost'>
  readonly onError: (error: unknown) => void
  readonly logger: Logger
}

/** Ends this job's part with its own place in the room: the call too when the room has ended, and only then. */
export function followRoom(
  room: LosableRoom,
  { ending, onError, logger }: FollowRoomOptions,
): void {
  room.on(RoomEvent.Disconnected, (reason) => {
    // agents-js disconnects a job that is asked to stop before it runs our callback: then nobody has hung up.
    if (reason === DisconnectReason.CLIENT_INITIATED) {
      inBackground(ending.leave('shutdown'), { onError })
      return
    }
    const ended = toEndReason(reason)
    if (ended !== 'disconnected') {
      ending.end(ended)
      return
    }
    if (!ending.signal.aborted) logger.warn({ reason }, 'the connection to the room is lost')
    ending.roomLost()
  })
}

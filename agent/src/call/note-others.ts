import { ParticipantKind, type RemoteParticipant, type Room, RoomEvent } from '@livekit/rtc-node'
import type { Logger } from '@trunkline/telemetry'
import { isCaller } from './pick-caller.ts'

export interface NoteOthersOptions {
  /** Identity of the one we talk to. */
  readonly caller: string
  readonly logger: Logger
  /** Aborts when the call is over for this job. */
  readonly signal: AbortSignal
}

/**
 * Says in the log that somebody else is in the caller's room who was not asked in. They hear the call; nothing that they
 * say, type or press is taken, and their leaving ends nothing.
 */
export function noteOthers(room: Room, { caller, logger, signal }: NoteOthersOptions): void {
  const note = (participant: RemoteParticipant) => {
    if (participant.identity === caller || !isCaller(participant)) return
    const bySip = participant.kind === ParticipantKind.SIP
    logger.warn({ bySip }, 'somebody else is in the room and is not listened to')
  }
  for (const participant of room.remoteParticipants.values()) note(participant)
  room.on(RoomEvent.ParticipantConnected, note)
  signal.addEventListener('abort', () => room.off(RoomEvent.ParticipantConnected, note), {
    once: true,
  })
}

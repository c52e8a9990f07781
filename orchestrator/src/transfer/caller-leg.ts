import { colleagueIdentityPrefix, operatorIdentityPrefix } from '@trunkline/contracts'
import type { RoomParticipant } from '../livekit/room-info.ts'

/** The caller among those in a room: neither agent nor one of us. */
export function findCaller(participants: readonly RoomParticipant[]): RoomParticipant | undefined {
  return participants.find(
    ({ kind, identity }) =>
      kind !== 'agent' &&
      !identity.startsWith(operatorIdentityPrefix) &&
      !identity.startsWith(colleagueIdentityPrefix),
  )
}

/** Those in a room who are neither agents nor operators listening in: of a bridged call, the two who talk. */
export function findTalkers(participants: readonly RoomParticipant[]): readonly RoomParticipant[] {
  return participants.filter(
    ({ kind, identity }) => kind !== 'agent' && !identity.startsWith(operatorIdentityPrefix),
  )
}

import { operatorIdentityPrefix } from '@trunkline/contracts'
import type { RoomParticipant } from './room-info.ts'

/** An operator who listens or speaks in the room does not keep its call alive. */
export function isCaller({ kind, identity }: RoomParticipant): boolean {
  return kind !== 'agent' && !identity.startsWith(operatorIdentityPrefix)
}

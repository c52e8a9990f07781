import { ParticipantKind } from '@livekit/rtc-node'
import { colleagueIdentityPrefix, operatorIdentityPrefix } from '@trunkline/contracts'

/** What tells a caller from others in the room. */
export interface Candidate {
  readonly kind: ParticipantKind
  readonly identity: string
}

/** Neither an agent or a machine, nor a colleague who is dialled into the room, nor an operator who listens in. */
export function isCaller({ kind, identity }: Candidate): boolean {
  if (identity.startsWith(colleagueIdentityPrefix)) return false
  if (identity.startsWith(operatorIdentityPrefix)) return false
  return (
    kind === ParticipantKind.SIP ||
    kind === ParticipantKind.STANDARD ||
    kind === ParticipantKind.CONNECTOR
  )
}

/** The one we talk to: whoever telephones, since a browser that is there too has only joined them; else the first. */
export function pickCaller<T extends Candidate>(present: readonly T[]): T | undefined {
  const callers = present.filter(isCaller)
  return callers.find(({ kind }) => kind === ParticipantKind.SIP) ?? callers[0]
}

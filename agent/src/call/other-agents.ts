import { ParticipantKind, type RemoteParticipant, type Room } from '@livekit/rtc-node'

/** Agents of other jobs in the room. */
export interface OtherAgents {
  /**
   * True when one of them has the call: any, when this job never had it, else only one that came later. Those before
   * may be dead; livekit-server lists a killed job as active for more than 10 s.
   */
  haveTheCall(options: { wasOurs: boolean }): boolean
}

/** To be made when the room has just been joined. */
export function watchOtherAgents(room: Room): OtherAgents {
  const agents = () => [...room.remoteParticipants.values()].filter(isAgent)
  const before = new Set(agents().map(({ sid }) => sid))
  return {
    haveTheCall: ({ wasOurs }) => agents().some(({ sid }) => !wasOurs || !before.has(sid)),
  }
}

function isAgent({ kind }: RemoteParticipant): boolean {
  return kind === ParticipantKind.AGENT
}

import type { ParticipantInfo, Room } from 'livekit-server-sdk'

/** One room as livekit-server lists it: its name may come again, its sid does not. */
export interface RoomInfo {
  readonly name: string
  readonly sid: string
  /** Epoch milliseconds. */
  readonly createdAt: number
}

/** One participant of a room; `other` is a browser, an egress or an ingress. */
export interface RoomParticipant {
  readonly identity: string
  readonly sid: string
  readonly kind: 'sip' | 'agent' | 'other'
  /** False while it is still connecting, and once it has gone. */
  readonly isActive: boolean
  /** Epoch milliseconds. */
  readonly joinedAt: number
  /** `sip.*` among them for a telephone. */
  readonly attributes: Readonly<Record<string, string>>
}

/** `ParticipantInfo.Kind` of LiveKit’s protocol; the SDK does not export the enum. */
const participantKind = { sip: 3, agent: 4 } as const
/** `ParticipantInfo.State.ACTIVE`. */
const activeState = 2

export function toRoomInfo({ name, sid, creationTime, creationTimeMs }: Room): RoomInfo {
  return { name, sid, createdAt: Number(creationTimeMs) || Number(creationTime) * 1000 }
}

export function toRoomParticipant(info: ParticipantInfo): RoomParticipant {
  const { identity, sid, kind, state, joinedAt, joinedAtMs, attributes } = info
  return {
    identity,
    sid,
    kind: toKind(kind),
    isActive: state === activeState,
    joinedAt: Number(joinedAtMs) || Number(joinedAt) * 1000,
    attributes,
  }
}

/** The kind by its number in LiveKit's protocol. */
export function toKind(kind: number): RoomParticipant['kind'] {
  if (kind === participantKind.sip) return 'sip'
  return kind === participantKind.agent ? 'agent' : 'other'
}

import {
  DisconnectReason,
  type Participant,
  ParticipantKind,
  type RemoteParticipant,
  type Room,
  RoomEvent,
} from '@livekit/rtc-node'
import type { AgentMessageOf } from '@trunkline/contracts'
import type { Outgoing } from '../channel/outgoing.ts'
import { isCaller, pickCaller } from './pick-caller.ts'

type EndReason = AgentMessageOf<'call-ended'>['reason']
type Status = AgentMessageOf<'call-status'>['status']

/** The participant we talk to. */
export interface Caller {
  readonly identity: string
  /** By telephone, that is through livekit-sip; otherwise in a browser or an app. */
  readonly bySip: boolean
  readonly participant: RemoteParticipant
}

/** The caller made the room, so a job finds them in it: what it waits for is their being told to it. */
const waitMs = 2000

/** The one we talk to; undefined when nobody comes, and on abort. */
export function findCaller(
  room: Room,
  { signal }: { signal: AbortSignal },
): Promise<Caller | undefined> {
  const present = pickCaller([...room.remoteParticipants.values()])
  if (present) return Promise.resolve(toCaller(present))
  return new Promise((resolve) => {
    const finish = (caller: Caller | undefined) => {
      room.off(RoomEvent.ParticipantConnected, joined)
      clearTimeout(timer)
      signal.removeEventListener('abort', leave)
      resolve(caller)
    }
    const joined = (participant: RemoteParticipant) => {
      if (isCaller(participant)) finish(toCaller(participant))
    }
    const leave = () => finish(undefined)
    const timer = setTimeout(leave, waitMs)
    signal.addEventListener('abort', leave)
    room.on(RoomEvent.ParticipantConnected, joined)
  })
}

export interface CallerListener {
  status(status: Status): void
  digit(digit: string): void
  gone(reason: EndReason): void
}

/** Follows the caller's leg until `signal` aborts. The leg's present status is told at once, its absence too. */
export function watchCaller(
  room: Room,
  caller: Caller,
  { listener, signal }: { listener: CallerListener; signal: AbortSignal },
): void {
  let isAnswered = false
  const tell = (value: string | undefined) => {
    const status = toStatus(value)
    if (!status) return
    isAnswered ||= status === 'active'
    listener.status(status)
    if (status === 'hangup') listener.gone('caller-hangup')
  }
  const changed = (attributes: Record<string, string>, participant: Participant) => {
    if (participant.identity === caller.identity) tell(attributes['sip.callStatus'])
  }
  const left = (participant: RemoteParticipant) => {
    if (participant.identity !== caller.identity) return
    const reason = whyGone(participant.disconnectReason)
    // livekit-sip says "hangup" before a BYE takes the leg away, and nothing when its media has stopped.
    const isLost = caller.bySip && isAnswered && reason === 'caller-hangup'
    listener.gone(isLost ? 'caller-lost' : reason)
  }
  const digit = (_code: number, key: string, participant: RemoteParticipant) => {
    if (participant.identity === caller.identity && /^[0-9A-Da-d*#]$/.test(key)) listener.digit(key)
  }
  room.on(RoomEvent.ParticipantAttributesChanged, changed)
  room.on(RoomEvent.ParticipantDisconnected, left)
  room.on(RoomEvent.DtmfReceived, digit)
  signal.addEventListener(
    'abort',
    () => {
      room.off(RoomEvent.ParticipantAttributesChanged, changed)
      room.off(RoomEvent.ParticipantDisconnected, left)
      room.off(RoomEvent.DtmfReceived, digit)
    },
    { once: true },
  )
  // Meanwhile the caller may have gone: then nothing more would be told.
  if (room.remoteParticipants.has(caller.identity)) {
    tell(caller.participant.attributes['sip.callStatus'])
  } else {
    listener.gone(whyGone(caller.participant.disconnectReason))
  }
}

/** Why the caller's leg is gone, which is not why our own connection may be. */
function whyGone(reason: DisconnectReason | undefined): EndReason {
  const ended = toEndReason(reason)
  return ended === 'disconnected' ? 'caller-lost' : ended
}

/** Numbers go to the orchestrator in this message and nowhere else. */
export function toCallStarted({ participant, identity, bySip }: Caller): Outgoing {
  if (!bySip) return { type: 'call-started', direction: 'web', participant: identity }
  const attributes = participant.attributes
  const caller = attributes['sip.phoneNumber']
  const called = attributes['sip.trunkPhoneNumber']
  const trunkId = attributes['sip.trunkID']
  return {
    type: 'call-started',
    // Only calls that came in have passed a dispatch rule.
    direction: attributes['sip.ruleID'] ? 'inbound' : 'outbound',
    participant: identity,
    ...(caller && { caller }),
    ...(called && { called }),
    sip: {
      callId: attributes['sip.callIDFull'] ?? attributes['sip.callID'] ?? '',
      ...(trunkId && { trunkId }),
    },
  }
}

/** Whoever leaves of their own will has hung up; anything else is a connection that was lost. */
export function toEndReason(reason: DisconnectReason | undefined): EndReason {
  switch (reason) {
    case DisconnectReason.CLIENT_INITIATED:
    case DisconnectReason.USER_REJECTED:
      return 'caller-hangup'
    case DisconnectReason.ROOM_DELETED:
    case DisconnectReason.ROOM_CLOSED:
      return 'room-deleted'
    default:
      return 'disconnected'
  }
}

function toStatus(value: string | undefined): Status | undefined {
  // Of an outbound leg "dialing" and "automation" come before somebody answers.
  if (value === 'ringing' || value === 'dialing' || value === 'automation') return 'ringing'
  return value === 'active' || value === 'hangup' ? value : undefined
}

function toCaller(participant: RemoteParticipant): Caller {
  const bySip = participant.kind === ParticipantKind.SIP
  return { identity: participant.identity, bySip, participant }
}

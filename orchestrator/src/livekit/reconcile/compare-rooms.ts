import type { CallState, ReconciledWhat } from '@trunkline/contracts'
import { isOver } from '../../calls/call-machine.ts'
import { isCaller } from '../is-caller.ts'
import type { RoomInfo, RoomParticipant } from '../room-info.ts'

/**
 * - `connected`: an agent's channel is open here, so it is alive whatever ListRooms says
 * - `waiting`: ours, and no channel is open: bridged, or its job is being replaced
 * - `orphan`: its orchestrator has stopped, and no other one has taken it
 */
export type Standing = 'connected' | 'waiting' | 'orphan'

export interface KnownCall {
  readonly id: string
  readonly room: string
  readonly roomSid: string
  readonly state: CallState
  /** Epoch milliseconds. */
  readonly createdAt: number
  readonly standing: Standing
}

/** What is known of a room that belongs to no `KnownCall`. */
export type Stranger =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'over'; readonly callId: string }

export interface Snapshot {
  readonly calls: readonly KnownCall[]
  readonly rooms: readonly RoomInfo[]
  /** By the room's sid, for the rooms that were asked. */
  readonly participants: ReadonlyMap<string, readonly RoomParticipant[]>
  readonly strangers: ReadonlyMap<string, Stranger>
  /** Epoch milliseconds; when LiveKit's Redis was last found empty. Lists lack the rooms before. */
  readonly lostAt: number | undefined
  /** Epoch milliseconds, taken before the rooms were listed. */
  readonly now: number
}

export type Finding =
  | { readonly kind: ReconciledWhat; readonly callId: string; readonly room: RoomInfo }
  /** A caller whom nobody serves: the dispatcher has to know. */
  | { readonly kind: 'room-unserved'; readonly callId?: string; readonly room: RoomInfo }

/** Younger calls are not judged: what is listed may be older than they are. */
const settleMs = 3000
/** A caller who is being dialled comes later than the room. */
const callerMayComeMs = 15_000

/** What is not as it should be. Pure: the reconciler acts on what it finds twice in a row. */
export function compareRooms(snapshot: Snapshot): readonly Finding[] {
  const { calls, rooms, strangers } = snapshot
  const listed = new Map(rooms.map((room) => [room.sid, room]))
  const known = new Set(calls.map(({ roomSid }) => roomSid))
  const ofCalls = calls.flatMap((call) => judgeCall(call, snapshot, listed.has(call.roomSid)) ?? [])
  const ofRooms = rooms.flatMap((room): Finding[] => {
    const stranger = known.has(room.sid) ? undefined : strangers.get(room.sid)
    if (stranger?.kind === 'unknown') return [{ kind: 'room-unserved', room }]
    if (stranger?.kind === 'over') {
      return [{ kind: 'room-left-over', callId: stranger.callId, room }]
    }
    return []
  })
  return [...ofCalls, ...ofRooms]
}

function judgeCall(call: KnownCall, snapshot: Snapshot, isListed: boolean): Finding | undefined {
  const { now, lostAt } = snapshot
  const { id: callId, state, createdAt, standing } = call
  const room = { name: call.room, sid: call.roomSid, createdAt }
  if (isOver(state)) return isListed ? { kind: 'room-left-over', callId, room } : undefined
  if (standing === 'connected' || now - createdAt < settleMs) return undefined
  if (state === 'ending' && standing === 'waiting') return undefined // its own time-outs end it
  if (!isListed) {
    if (lostAt !== undefined && createdAt < lostAt) return undefined
    return { kind: standing === 'orphan' ? 'orchestrator-gone' : 'room-gone', callId, room }
  }
  if (hasCaller(snapshot.participants.get(call.roomSid))) {
    return standing === 'orphan' ? { kind: 'room-unserved', callId, room } : undefined
  }
  if (!wasAnswered(state) && now - createdAt < callerMayComeMs) return undefined
  return { kind: standing === 'orphan' ? 'orchestrator-gone' : 'caller-gone', callId, room }
}

function wasAnswered(state: CallState): boolean {
  return state !== 'created' && state !== 'ringing'
}

/** True as well when the room was not asked: nothing is concluded from what is not known. */
function hasCaller(participants: readonly RoomParticipant[] | undefined): boolean {
  return participants === undefined || participants.some(isCaller)
}

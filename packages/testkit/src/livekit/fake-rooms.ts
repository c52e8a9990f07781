import { randomUUID } from 'node:crypto'
import {
  AgentDispatch,
  ParticipantInfo,
  ParticipantInfo_Kind,
  ParticipantInfo_State,
  Room,
} from '@livekit/protocol'
import { TwirpFault } from './twirp-fault.ts'
import type { WebhookDraft } from './webhook-sender.ts'

/** A job as a worker is given it. */
export interface FakeJob {
  readonly jobId: string
  readonly dispatchId: string
  readonly agentName: string
  readonly room: string
  readonly roomSid: string
  readonly metadata: string
}

export interface NewParticipant {
  readonly identity: string
  readonly kind: 'sip' | 'agent' | 'web'
  readonly attributes?: Readonly<Record<string, string>>
}

export interface FakeRoomsOptions {
  readonly emit: (draft: WebhookDraft) => void
  /** A room without caller ends after this; livekit-server's default is 20 s. */
  readonly departureTimeoutMs: number
}

interface RoomState {
  readonly room: Room
  readonly participants: Map<string, ParticipantInfo>
  readonly dispatches: Map<string, AgentDispatch>
  /** Told once when the room ends. */
  readonly onEnd: Set<() => void>
  departure: NodeJS.Timeout | undefined
}

export type FakeRooms = ReturnType<typeof createFakeRooms>

const kinds = {
  sip: ParticipantInfo_Kind.SIP,
  agent: ParticipantInfo_Kind.AGENT,
  web: ParticipantInfo_Kind.STANDARD,
} as const

const id = (prefix: string) => `${prefix}_${randomUUID().replaceAll('-', '').slice(0, 12)}`
const missing = (what: string) => new TwirpFault('not_found', `requested ${what} does not exist`)

/** Rooms, participants and dispatches of one livekit-server, and of the Redis that may forget them. */
export function createFakeRooms({ emit, departureTimeoutMs }: FakeRoomsOptions) {
  const rooms = new Map<string, RoomState>()
  /** What Redis knows: lists and deletions see only this; media goes on without. */
  const listed = new Set<string>()
  const workers = new Map<string, (job: FakeJob) => void>()

  const known = (name: string): RoomState => {
    const state = listed.has(name) ? rooms.get(name) : undefined
    if (!state) throw missing('room')
    return state
  }
  const end = (state: RoomState) => {
    clearTimeout(state.departure)
    rooms.delete(state.room.name)
    listed.delete(state.room.name)
    for (const participant of state.participants.values()) {
      emit({ event: 'participant_left', room: state.room, participant })
    }
    state.participants.clear()
    emit({ event: 'room_finished', room: state.room })
    for (const told of state.onEnd) told()
  }
  const create = (name: string): RoomState => {
    const existing = rooms.get(name)
    if (existing) {
      listed.add(name)
      return existing
    }
    const now = Date.now()
    const room = new Room({
      ...{ name, sid: id('RM'), emptyTimeout: 300, departureTimeout: 20 },
      ...{ creationTime: BigInt(Math.floor(now / 1000)), creationTimeMs: BigInt(now) },
    })
    const state: RoomState = {
      ...{ room, participants: new Map(), dispatches: new Map(), onEnd: new Set() },
      departure: undefined,
    }
    rooms.set(name, state)
    listed.add(name)
    emit({ event: 'room_started', room })
    return state
  }
  const remove = (state: RoomState, identity: string) => {
    const participant = state.participants.get(identity)
    if (!participant) throw missing('participant')
    state.participants.delete(identity)
    emit({ event: 'participant_left', room: state.room, participant })
    const hasCaller = [...state.participants.values()].some(
      ({ kind }) => kind !== ParticipantInfo_Kind.AGENT,
    )
    if (hasCaller || state.departure) return
    state.departure = setTimeout(() => end(state), departureTimeoutMs)
    state.departure.unref()
  }
  /** What a room that is made without agents of its own has for workers without a name. */
  const addUnnamed = ({ room, dispatches }: RoomState) => {
    const made = new AgentDispatch({ id: id('AD'), room: room.name })
    dispatches.set(made.id, made)
  }
  const dispatch = (name: string, agentName: string, metadata: string): AgentDispatch => {
    const isNew = !rooms.has(name)
    const state = create(name) // an ended room is made anew, empty (measured)
    if (isNew) addUnnamed(state)
    const made = new AgentDispatch({ id: id('AD'), room: name, agentName, metadata })
    state.dispatches.set(made.id, made)
    const job: FakeJob = {
      ...{ jobId: id('AJ'), dispatchId: made.id, agentName, metadata },
      ...{ room: name, roomSid: state.room.sid },
    }
    // No worker of that name: livekit-server answers OK all the same (measured).
    const worker = workers.get(agentName)
    if (worker) setImmediate(() => worker(job))
    return made
  }

  return {
    create: (name: string) => create(name).room,
    list: (names: readonly string[]) =>
      [...listed].flatMap((name) => {
        const state = rooms.get(name)
        return state && (names.length === 0 || names.includes(name)) ? [state.room] : []
      }),
    delete: (name: string) => end(known(name)),
    participants: (name: string) =>
      listed.has(name) ? [...(rooms.get(name)?.participants.values() ?? [])] : [],
    removeParticipant: (name: string, identity: string) => remove(known(name), identity),
    dispatch,
    dispatches: (name: string) => [...(rooms.get(name)?.dispatches.values() ?? [])],
    deleteDispatch(name: string, dispatchId: string) {
      const state = known(name)
      const found = state.dispatches.get(dispatchId)
      if (!found) throw missing('dispatch')
      state.dispatches.delete(dispatchId)
      return found
    },
    /** Somebody joins; the room is made when it is not there. Gives the room. */
    join(name: string, { identity, kind, attributes = {} }: NewParticipant): Room {
      const state = create(name)
      const now = Date.now()
      const participant = new ParticipantInfo({
        ...{ sid: id('PA'), identity, kind: kinds[kind], state: ParticipantInfo_State.ACTIVE },
        ...{ joinedAt: BigInt(Math.floor(now / 1000)), joinedAtMs: BigInt(now) },
        attributes: { ...attributes },
      })
      if (kind !== 'agent') {
        clearTimeout(state.departure)
        state.departure = undefined
      }
      state.participants.set(identity, participant)
      emit({ event: 'participant_joined', room: state.room, participant })
      return state.room
    },
    /** Somebody leaves, also from a room that Redis has forgotten; fine when they have gone. */
    leave(name: string, identity: string) {
      const state = rooms.get(name)
      if (state?.participants.has(identity)) remove(state, identity)
    },
    /** Tells once when the room ends; at once when it has. Gives the way to stop listening. */
    whenEnded(name: string, told: () => void): () => void {
      const state = rooms.get(name)
      if (!state) told()
      state?.onEnd.add(told)
      return () => state?.onEnd.delete(told)
    },
    hasCaller: (name: string) =>
      [...(rooms.get(name)?.participants.values() ?? [])].some(
        ({ kind }) => kind !== ParticipantInfo_Kind.AGENT,
      ),
    names: () => [...rooms.keys()],
    /** Gives jobs for `agentName` to `onJob` from now on. */
    work(agentName: string, onJob: (job: FakeJob) => void) {
      workers.set(agentName, onJob)
      return () => workers.delete(agentName)
    },
    forgetAll: () => listed.clear(),
    close() {
      for (const { departure } of rooms.values()) clearTimeout(departure)
    },
  }
}

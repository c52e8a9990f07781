import {
  CreateAgentDispatchRequest,
  CreateRoomRequest,
  DeleteAgentDispatchRequest,
  DeleteRoomRequest,
  DeleteRoomResponse,
  ListAgentDispatchRequest,
  ListAgentDispatchResponse,
  ListParticipantsRequest,
  ListParticipantsResponse,
  ListRoomsRequest,
  ListRoomsResponse,
  PerformRpcRequest,
  PerformRpcResponse,
  RemoveParticipantResponse,
  RoomParticipantIdentity,
} from '@livekit/protocol'
import type { ClaimGrants } from 'livekit-server-sdk'
import type { FakeRooms } from './fake-rooms.ts'
import { TwirpFault } from './twirp-fault.ts'
import type { TwirpMethod } from './twirp-server.ts'

type JsonValue = Parameters<typeof CreateRoomRequest.fromJson>[0]
/** `JSON.parse` gives nothing else. */
const isJson = (_value: unknown): _value is JsonValue => true

const lenient = { ignoreUnknownFields: true } as const

/** Reads a request as protobuf's JSON mapping has it. @throws {TwirpFault} for what does not fit */
export function readRequest<T>(
  type: { fromJson(json: JsonValue, options: typeof lenient): T },
  body: unknown,
): T {
  try {
    if (isJson(body)) return type.fromJson(body, lenient)
  } catch {
    // Said below: protobuf's message names the field and its value.
  }
  throw new TwirpFault('invalid_argument', 'the json request could not be decoded')
}

/** livekit-server answers a token without the grant 401, not 403. */
function requireGrant(isGranted: boolean | undefined): void {
  if (!isGranted) throw new TwirpFault('unauthenticated', 'permissions denied')
}

/** RoomService and AgentDispatchService, as far as Trunkline asks them. */
export function roomMethods(rooms: FakeRooms): Readonly<Record<string, TwirpMethod>> {
  const requireAdmin = ({ video }: ClaimGrants, room: string) =>
    requireGrant(video?.roomAdmin && video.room === room)
  return {
    'RoomService/CreateRoom'(body, { video }) {
      requireGrant(video?.roomCreate)
      const { name, agents } = readRequest(CreateRoomRequest, body)
      const isNew = !rooms.names().includes(name)
      const room = rooms.create(name)
      if (isNew) for (const agent of agents) rooms.dispatch(name, agent.agentName, agent.metadata)
      return toJson(room)
    },
    'RoomService/ListRooms'(body, { video }) {
      requireGrant(video?.roomList)
      const { names } = readRequest(ListRoomsRequest, body)
      return toJson(new ListRoomsResponse({ rooms: rooms.list(names) }))
    },
    'RoomService/DeleteRoom'(body, { video }) {
      requireGrant(video?.roomCreate)
      rooms.delete(readRequest(DeleteRoomRequest, body).room)
      return toJson(new DeleteRoomResponse())
    },
    'RoomService/ListParticipants'(body, grants) {
      const { room } = readRequest(ListParticipantsRequest, body)
      requireAdmin(grants, room)
      return toJson(new ListParticipantsResponse({ participants: rooms.participants(room) }))
    },
    'RoomService/RemoveParticipant'(body, grants) {
      const { room, identity } = readRequest(RoomParticipantIdentity, body)
      requireAdmin(grants, room)
      rooms.removeParticipant(room, identity)
      return toJson(new RemoveParticipantResponse())
    },
    'RoomService/PerformRpc'(body, grants) {
      const { room, destinationIdentity, method } = readRequest(PerformRpcRequest, body)
      requireAdmin(grants, room)
      if (method === 'lk.sip.EndCall') rooms.leave(room, destinationIdentity)
      return toJson(new PerformRpcResponse())
    },
    'AgentDispatchService/CreateDispatch'(body, grants) {
      const { room, agentName, metadata } = readRequest(CreateAgentDispatchRequest, body)
      requireAdmin(grants, room)
      return toJson(rooms.dispatch(room, agentName, metadata))
    },
    'AgentDispatchService/ListDispatch'(body, grants) {
      const { room, dispatchId } = readRequest(ListAgentDispatchRequest, body)
      requireAdmin(grants, room)
      const agentDispatches = rooms
        .dispatches(room)
        .filter(({ id }) => dispatchId === '' || id === dispatchId)
      return toJson(new ListAgentDispatchResponse({ agentDispatches }))
    },
    'AgentDispatchService/DeleteDispatch'(body, grants) {
      const { room, dispatchId } = readRequest(DeleteAgentDispatchRequest, body)
      requireAdmin(grants, room)
      return toJson(rooms.deleteDispatch(room, dispatchId))
    },
  }
}

/** A message as JSON, which for a message is always an object. */
export function toJson(message: { toJson(): unknown }): object {
  const json = message.toJson()
  return typeof json === 'object' && json !== null ? json : {}
}

import { colleagueIdentityPrefix } from '@trunkline/contracts'
import { inBackground, retry } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { RoomServiceClient } from 'livekit-server-sdk'
import { createJobKeys } from './job-keys.ts'
import { isMissing } from './missing.ts'
import { performRpc } from './perform-rpc.ts'
import { type RoomInfo, type RoomParticipant, toRoomInfo, toRoomParticipant } from './room-info.ts'
import { createSipLegs } from './sip-legs.ts'

export interface Rooms {
  /**
   * Ends the room for everybody in it; a room that is gone already is fine. What livekit-server does not
   * delete in three tries is hung up by `endSipCall`.
   * @throws {Error} when neither was taken
   */
  delete(room: string): Promise<void>
  /** Every room livekit-server knows. @throws {Error} when it does not answer */
  list(): Promise<readonly RoomInfo[]>
  /** False once it has ended, also when another one has its name. @throws {Error} when livekit-server does not answer */
  has(room: Pick<RoomInfo, 'name' | 'sid'>): Promise<boolean>
  /** Empty for a room that does not exist. @throws {Error} when livekit-server does not answer */
  participants(room: string): Promise<readonly RoomParticipant[]>
  /** Fine as well when it has left already. @throws {Error} when livekit-server does not answer */
  removeParticipant(room: string, identity: string): Promise<void>
  /**
   * Has livekit-sip hang up, by the room RPC `lk.sip.EndCall`, which also works when LiveKit's Redis has
   * forgotten the room. The telephone's identity is the one `noteSipLeg` or `participants` has seen last.
   * @returns false when no telephone is known in this room @throws {Error} when it was not hung up
   */
  endSipCall(room: string): Promise<boolean>
  /** Remembers which participant of a room is its telephone, for the day Redis does not know any more. */
  noteSipLeg(room: string, identity: string): void
  /** Deletes what livekit-server has left in its Redis of rooms that are not in this list; how many there were. */
  sweepJobKeys(rooms: ReadonlySet<string>): Promise<number>
  close(): void
}

export interface RoomsOptions {
  /** `ws(s)://` or `http(s)://` of livekit-server. */
  readonly url: string
  readonly apiKey: string
  readonly apiSecret: string
  /** LiveKit's own Redis, where it leaves a key per dispatched room. */
  readonly redisUrl?: string | undefined
  readonly logger: Logger
}

const requestTimeoutSeconds = 3
const rpcTimeoutMs = 5000

export function createRooms(options: RoomsOptions): Rooms {
  const { apiKey, apiSecret, redisUrl, logger } = options
  const url = toHttpUrl(options.url)
  const client = new RoomServiceClient(url, apiKey, apiSecret, {
    requestTimeout: requestTimeoutSeconds,
  })
  const jobKeys = redisUrl === undefined ? undefined : createJobKeys(redisUrl, { logger })
  const sipLegs = createSipLegs()

  const endSipCall = async (room: string) => {
    const identity = sipLegs.get(room)
    if (identity === undefined) return false
    const call = { room, identity, method: 'lk.sip.EndCall', payload: '{}' }
    await performRpc({ url, apiKey, apiSecret, timeoutMs: rpcTimeoutMs }, call)
    sipLegs.forget(room)
    return true
  }
  /** False when livekit-server does not know the room. */
  const deleteRoom = (room: string) =>
    retry(() => client.deleteRoom(room).then(() => true, falseWhenMissing), {
      attempts: 3,
      baseDelayMs: 200,
    })

  return {
    async delete(room) {
      try {
        const isDeleted = await deleteRoom(room)
        if (isDeleted) sipLegs.forget(room)
        // A room that LiveKit's Redis has lost is "not found" too, and its caller still on the line.
        else inBackground(endSipCall(room), { onError: () => sipLegs.forget(room) })
      } catch (error) {
        if (!(await endSipCall(room).catch(() => false))) throw error
        logger.warn('a room was not deleted; its caller was hung up')
      }
      await jobKeys?.forget(room)
    },
    async list() {
      return (await client.listRooms()).map(toRoomInfo)
    },
    async has({ name, sid }) {
      return (await client.listRooms([name])).some((room) => room.sid === sid)
    },
    async participants(room) {
      const found = await client.listParticipants(room).catch(emptyWhenMissing)
      const participants = found.map(toRoomParticipant)
      const sip = participants.find(
        ({ kind, identity }) => kind === 'sip' && !identity.startsWith(colleagueIdentityPrefix),
      )
      if (sip) sipLegs.note(room, sip.identity)
      return participants
    },
    async removeParticipant(room, identity) {
      await client.removeParticipant(room, identity).catch(falseWhenMissing)
    },
    endSipCall,
    noteSipLeg: sipLegs.note,
    sweepJobKeys: async (rooms) => (await jobKeys?.sweep(rooms)) ?? 0,
    close: () => jobKeys?.close(),
  }
}

function falseWhenMissing(error: unknown): false {
  if (isMissing(error)) return false
  throw error
}

function emptyWhenMissing(error: unknown): [] {
  if (isMissing(error)) return []
  throw error
}

/** The address for LiveKit's HTTP API: the same as its WebSocket's. */
export function toHttpUrl(url: string): string {
  return url.replace(/^ws/, 'http')
}

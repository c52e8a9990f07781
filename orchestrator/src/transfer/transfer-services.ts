import type { SlowEffects } from '../database/slow-effects.ts'
import type { RoomTracks } from '../livekit/room-tracks.ts'
import type { Rooms } from '../livekit/rooms.ts'
import type { SipApi } from '../livekit/sip-api.ts'
import type { TransferQueue } from './queue.ts'

/** What transfers work with; the same for all calls of a process. */
export interface TransferServices {
  readonly sip: SipApi
  readonly rooms: Pick<Rooms, 'participants' | 'removeParticipant'>
  readonly tracks: RoomTracks
  /** The ledger; without it nothing is transferred. */
  readonly effects: SlowEffects | undefined
  readonly queue: TransferQueue
  /** LiveKit's id of the outbound trunk; without one colleagues are not dialled and every transfer is cold. */
  readonly trunkId: string | undefined
  /** For `effects_total`. */
  readonly onEffect: (effect: { tool: string; outcome: string }) => void
}

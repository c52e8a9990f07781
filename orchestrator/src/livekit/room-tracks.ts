import { RoomServiceClient } from 'livekit-server-sdk'
import { toHttpUrl } from './rooms.ts'

export interface TracksOf {
  readonly identity: string
  readonly tracks: readonly { readonly sid: string; readonly name: string }[]
}

/** Who publishes what in a room, and who hears it. */
export interface RoomTracks {
  /** @throws {Error} when livekit-server does not answer */
  list(room: string): Promise<readonly TracksOf[]>
  /**
   * Turns a participant's hearing of tracks on or off. livekit-sip subscribes by itself when a track is published and
   * when its telephone answers, so "off" holds only when it is said again afterwards (measured).
   * @throws {Error} when livekit-server does not answer
   */
  hear(change: {
    readonly room: string
    readonly identity: string
    readonly trackSids: readonly string[]
    readonly on: boolean
  }): Promise<void>
}

const requestTimeoutSeconds = 3

export function createRoomTracks(options: {
  readonly url: string
  readonly apiKey: string
  readonly apiSecret: string
}): RoomTracks {
  const { url, apiKey, apiSecret } = options
  const client = new RoomServiceClient(toHttpUrl(url), apiKey, apiSecret, {
    requestTimeout: requestTimeoutSeconds,
  })
  return {
    async list(room) {
      const participants = await client.listParticipants(room)
      return participants.map(({ identity, tracks }) => ({
        identity,
        tracks: tracks.map(({ sid, name }) => ({ sid, name })),
      }))
    },
    async hear({ room, identity, trackSids, on }) {
      if (trackSids.length > 0) await client.updateSubscriptions(room, identity, [...trackSids], on)
    },
  }
}

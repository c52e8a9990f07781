import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  type RemoteTrack,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node'
import { levelDbfs } from '@trunkline/telephony'
import { AccessToken } from 'livekit-server-sdk'
import type { LivekitChain } from '../../../packages/telephony/test/livekit-chain.ts'
import { waitFor } from '../../../packages/telephony/test/programs.ts'

/** Somebody in a room with a caller: sees what a client sees, and speaks when told to. */
export interface Guest {
  readonly room: Room
  /** Each value of `sip.callStatus` that was seen, by identity, from the first. */
  statusesOf(identity: string): readonly string[]
  readonly digits: readonly string[]
  /** Resolves with the caller, when one is there. */
  caller(): Promise<{ readonly identity: string; readonly attributes: Record<string, string> }>
  /** Publishes a tone, for as long as the guest is there. */
  speak(): Promise<void>
  /** Resolves when the caller's voice is louder than −30 dBFS. */
  hear(): Promise<void>
  ask(method: string, payload: string): Promise<unknown>
  leave(): Promise<void>
}

const status = 'sip.callStatus'

export async function joinAsGuest(chain: LivekitChain, roomName: string): Promise<Guest> {
  const { apiKey, apiSecret } = chain.keys
  const token = new AccessToken(apiKey, apiSecret, { identity: 'guest' })
  token.addGrant({ roomJoin: true, room: roomName })
  const room = new Room()
  const digits: string[] = []
  const tracks: RemoteTrack[] = []
  const statuses = new Map<string, string[]>()
  const note = (identity: string, value: string | undefined) => {
    if (value === undefined) return
    statuses.set(identity, [...(statuses.get(identity) ?? []), value])
  }
  room.on(RoomEvent.DtmfReceived, (_code, digit) => void digits.push(digit))
  room.on(RoomEvent.TrackSubscribed, (track) => void tracks.push(track))
  room.on(RoomEvent.ParticipantConnected, (who) => note(who.identity, who.attributes[status]))
  room.on(RoomEvent.ParticipantAttributesChanged, (changed, who) =>
    note(who.identity, changed[status]),
  )
  await room.connect(chain.url, await token.toJwt(), { autoSubscribe: true, dynacast: false })
  for (const who of room.remoteParticipants.values()) note(who.identity, who.attributes[status])
  let isHere = true
  let speaking: Promise<void> | undefined

  return {
    room,
    digits,
    statusesOf: (identity) => statuses.get(identity) ?? [],
    caller: () =>
      waitFor('the caller', async () => {
        const [who] = room.remoteParticipants.values()
        return who && { identity: who.identity, attributes: who.attributes }
      }),
    async speak() {
      const source = new AudioSource(48000, 1)
      const options = new TrackPublishOptions()
      options.source = TrackSource.SOURCE_MICROPHONE
      const track = LocalAudioTrack.createAudioTrack('tone', source)
      await room.localParticipant?.publishTrack(track, options)
      const play = async () => {
        for (let at = 0; isHere; at += 480) {
          const samples = Int16Array.from({ length: 480 }, (_, index) =>
            Math.round(8000 * Math.sin((2 * Math.PI * 440 * (at + index)) / 48000)),
          )
          await source.captureFrame(new AudioFrame(samples, 48000, 1, 480))
        }
      }
      speaking = play().catch(() => {}) // the source refuses frames once the room is gone
    },
    async hear() {
      const track = await waitFor('the caller’s track', async () => tracks[0])
      const reader = new AudioStream(track, 48000, 1).getReader()
      for (let isHeard = false; !isHeard; ) {
        const { value, done } = await reader.read()
        if (done) throw new Error('the track ended')
        isHeard = levelDbfs(value.data) > -30
      }
      await reader.cancel()
    },
    async ask(method, payload) {
      const [destinationIdentity = ''] = room.remoteParticipants.keys()
      const answer = await room.localParticipant?.performRpc({
        ...{ destinationIdentity, method, payload },
      })
      return JSON.parse(answer ?? '')
    },
    async leave() {
      isHere = false
      await speaking
      await room.disconnect()
    },
  }
}

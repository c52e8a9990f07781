import {
  AudioStream,
  type RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  type Room,
  RoomEvent,
  TrackKind,
  TrackSource,
} from '@livekit/rtc-node'
import { inBackground } from '@trunkline/runtime'

/** What the VAD, the end-of-turn model and the recogniser work with. */
export const hearingRateHz = 16_000
const frameSizeMs = 10

export interface CallerTrackOptions {
  readonly room: Room
  /** Identity of the caller's participant; nobody else in the room is listened to. */
  readonly caller: string
  /** Mono frames of 10 ms at 16 kHz, each with a buffer of its own. */
  readonly onFrame: (samples: Int16Array) => void
  readonly onError: (error: unknown) => void
}

interface Current {
  readonly track: RemoteTrack
  readonly stop: () => void
}

/**
 * The caller's microphone, as it comes and goes: a track may end and another one be published, and a participant
 * without one is waited for. Of several the newest is listened to. Video and what is shared of a screen is not.
 * Returns what ends it.
 */
export function followCallerTrack(options: CallerTrackOptions): () => void {
  const { room, caller, onFrame, onError } = options
  let current: Current | undefined

  const read = async (stream: AudioStream, isOpen: () => boolean) => {
    for await (const { data } of stream) {
      if (!isOpen()) return
      onFrame(data)
    }
  }
  const take = (track: RemoteTrack) => {
    current?.stop()
    const stream = new AudioStream(track, {
      sampleRate: hearingRateHz,
      numChannels: 1,
      frameSizeMs,
    })
    let isOpen = true
    // Leaving the loop cancels the stream; a track that is gone has ended it already.
    const stop = () => {
      isOpen = false
    }
    current = { track, stop }
    const reading = read(stream, () => isOpen)
    inBackground(reading, { onError })
  }
  const takeNewest = () => {
    const publications = room.remoteParticipants.get(caller)?.trackPublications.values() ?? []
    const newest = [...publications].filter(isMicrophone).at(-1)?.track
    if (newest && newest !== current?.track) take(newest)
  }
  const subscribed = (
    track: RemoteTrack,
    publication: RemoteTrackPublication,
    { identity }: RemoteParticipant,
  ) => {
    if (identity === caller && isMicrophone(publication) && track !== current?.track) take(track)
  }
  const left = (
    track: RemoteTrack | undefined,
    _publication: RemoteTrackPublication,
    { identity }: RemoteParticipant,
  ) => {
    if (identity !== caller || !current || current.track !== track) return
    current.stop()
    current = undefined
    takeNewest()
  }
  const unpublished = (publication: RemoteTrackPublication, participant: RemoteParticipant) =>
    left(publication.track, publication, participant)
  room.on(RoomEvent.TrackSubscribed, subscribed)
  room.on(RoomEvent.TrackUnsubscribed, left)
  room.on(RoomEvent.TrackUnpublished, unpublished)
  takeNewest()
  return () => {
    room.off(RoomEvent.TrackSubscribed, subscribed)
    room.off(RoomEvent.TrackUnsubscribed, left)
    room.off(RoomEvent.TrackUnpublished, unpublished)
    current?.stop()
    current = undefined
  }
}

/** livekit-sip and some clients name no source. */
function isMicrophone({ kind, source }: RemoteTrackPublication): boolean {
  const isVoice = source === TrackSource.SOURCE_MICROPHONE || source === TrackSource.SOURCE_UNKNOWN
  return kind === TrackKind.KIND_AUDIO && isVoice
}

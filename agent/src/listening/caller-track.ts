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
import type { Logger } from '@trunkline/telemetry'

/** What the VAD, the end-of-turn model and the recogniser work with. */
export const hearingRateHz = 16_000
const frameSizeMs = 10

export interface CallerTrackOptions {
  readonly room: Room
  /** Identity of the caller's participant; nobody else in the room is listened to. */
  readonly caller: string
  /** Mono frames of 10 ms at 16 kHz, each with a buffer of its own. */
  readonly onFrame: (samples: Int16Array) => void
  readonly logger: Logger
}

export interface CallerTrack {
  /** Whether there is a track to be heard at all. */
  readonly isPresent: boolean
  close(): void
}

/**
 * The caller's microphone, as it comes and goes: a track may end and another one be published, and a participant
 * without one is waited for. Video and what is shared of a screen is not listened to.
 */
export function followCallerTrack(options: CallerTrackOptions): CallerTrack {
  const { room, caller, onFrame, logger } = options
  let current: { readonly sid: string | undefined; readonly stop: () => void } | undefined

  const read = async (stream: AudioStream, isOpen: () => boolean) => {
    for await (const { data } of stream) {
      if (!isOpen()) return
      onFrame(data)
    }
  }
  const take = (track: RemoteTrack, publication: RemoteTrackPublication) => {
    if (track.kind !== TrackKind.KIND_AUDIO) return
    // livekit-sip and some clients name no source.
    const { source } = publication
    if (source !== TrackSource.SOURCE_MICROPHONE && source !== TrackSource.SOURCE_UNKNOWN) return
    current?.stop()
    const stream = new AudioStream(track, {
      sampleRate: hearingRateHz,
      numChannels: 1,
      frameSizeMs,
    })
    let isOpen = true
    current = {
      sid: publication.sid,
      // Leaving the loop cancels the stream; a track that is gone has ended it already.
      stop: () => {
        isOpen = false
      },
    }
    inBackground(
      read(stream, () => isOpen),
      {
        onError: (error) => logger.warn({ err: error }, 'the caller’s track cannot be read'),
      },
    )
  }
  const leave = (sid: string | undefined) => {
    if (!current || current.sid !== sid) return
    current.stop()
    current = undefined
  }
  const isCaller = ({ identity }: RemoteParticipant) => identity === caller
  const subscribed = (
    track: RemoteTrack,
    publication: RemoteTrackPublication,
    participant: RemoteParticipant,
  ) => {
    if (isCaller(participant)) take(track, publication)
  }
  const unsubscribed = (
    _track: RemoteTrack,
    publication: RemoteTrackPublication,
    participant: RemoteParticipant,
  ) => {
    if (isCaller(participant)) leave(publication.sid)
  }
  const unpublished = (publication: RemoteTrackPublication, participant: RemoteParticipant) => {
    if (isCaller(participant)) leave(publication.sid)
  }
  room.on(RoomEvent.TrackSubscribed, subscribed)
  room.on(RoomEvent.TrackUnsubscribed, unsubscribed)
  room.on(RoomEvent.TrackUnpublished, unpublished)
  for (const publication of room.remoteParticipants.get(caller)?.trackPublications.values() ?? []) {
    if (publication.track) take(publication.track, publication)
  }
  return {
    get isPresent() {
      return current !== undefined
    },
    close() {
      room.off(RoomEvent.TrackSubscribed, subscribed)
      room.off(RoomEvent.TrackUnsubscribed, unsubscribed)
      room.off(RoomEvent.TrackUnpublished, unpublished)
      current?.stop()
      current = undefined
    },
  }
}

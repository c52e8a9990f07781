import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  type Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node'
import { frameSamples } from '../speaking/frames.ts'
import { speechSampleRateHz } from '../speaking/synthesizer.ts'

/** A second sound of ours in the room, beside the voice; livekit-sip mixes them for who hears both. */
export interface SoundTrack {
  /** Takes one frame of `frameSamples`; resolves when the next one may follow. */
  write(samples: Int16Array): Promise<void>
  /** Resolves when everything written has been played. */
  playedOut(): Promise<void>
  /** Takes the track out of the room; what is queued is dropped. */
  close(): Promise<void>
}

/** Short, so that what is stopped is silent soon. */
const queueMs = 100

/** @throws {Error} when the room is gone */
export async function publishSound(room: Room, name: string): Promise<SoundTrack> {
  const local = room.localParticipant
  if (!local) throw new Error('not in the room')
  const source = new AudioSource(speechSampleRateHz, 1, queueMs)
  const publication = await local.publishTrack(
    LocalAudioTrack.createAudioTrack(name, source),
    new TrackPublishOptions({ source: TrackSource.SOURCE_UNKNOWN }),
  )
  return {
    write: (samples) =>
      source.captureFrame(new AudioFrame(samples, speechSampleRateHz, 1, frameSamples)),
    playedOut: () => source.waitForPlayout(),
    async close() {
      source.clearQueue()
      if (publication.sid) await local.unpublishTrack(publication.sid)
      await source.close()
    },
  }
}

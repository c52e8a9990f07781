import {
  AudioFrame,
  type AudioSource,
  LocalAudioTrack,
  type LocalTrackPublication,
  type Room,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node'
import { frameSamples, toFrames } from './frames.ts'
import { HeardSource, type SoundListener } from './heard-source.ts'
import { speechSampleRateHz } from './synthesizer.ts'

/** Audio in the source ahead of its playing: rides out a stall of our event loop, and is cleared by a barge-in. */
const queueMs = 200

/** Our audio track in a room. */
export interface VoiceTrack {
  readonly source: AudioSource
  readonly publication: LocalTrackPublication
  /** Tells one listener what the track sounds like from now on. */
  listen(listener: SoundListener): void
  /** Gives s16le PCM at `speechSampleRateHz` to the room; ends early when `signal` aborts. */
  playNow(pcm: Uint8Array, options: { signal: AbortSignal }): Promise<void>
}

/** Publishes an audio track. That is what makes livekit-sip answer the call, so it is done at once. */
export async function publishTrack(room: Room): Promise<VoiceTrack> {
  const local = room.localParticipant
  if (!local) throw new Error('not in the room')
  const source = new HeardSource(speechSampleRateHz, 1, queueMs)
  const publication = await local.publishTrack(
    LocalAudioTrack.createAudioTrack('agent-voice', source),
    new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }),
  )
  return {
    source,
    publication,
    listen: (listener) => source.listen(listener),
    async playNow(pcm, { signal }) {
      for await (const samples of toFrames([pcm])) {
        if (signal.aborted) return source.clearQueue()
        await source.captureFrame(new AudioFrame(samples, speechSampleRateHz, 1, frameSamples))
      }
    },
  }
}

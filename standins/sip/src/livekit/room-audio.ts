import {
  AudioFrame,
  AudioSource,
  AudioStream,
  LocalAudioTrack,
  type LocalParticipant,
  type RemoteTrack,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node'
import { frameSamples, type Mixer, mixRateHz } from '../media/mixer.ts'

/** The caller's voice in the room. */
export interface Microphone {
  publish(participant: LocalParticipant): Promise<void>
  /** A frame of 20 ms at 16 kHz; lost while more than 200 ms wait, which a caller's faster clock would build up. */
  push(frame: Int16Array): void
  close(): Promise<void>
}

const maxQueuedMs = 200

export function createMicrophone(name: string): Microphone {
  const source = new AudioSource(mixRateHz, 1, maxQueuedMs)
  const track = LocalAudioTrack.createAudioTrack(name, source)
  let isClosed = false
  return {
    async publish(participant) {
      const options = new TrackPublishOptions()
      options.source = TrackSource.SOURCE_MICROPHONE
      // Plain Opus all the time, as livekit-sip sends it.
      options.red = false
      options.dtx = false
      await participant.publishTrack(track, options)
    },
    push(frame) {
      if (isClosed || source.queuedDuration > maxQueuedMs - 40) return
      const audio = new AudioFrame(frame, mixRateHz, 1, frame.length)
      source.captureFrame(audio).catch(() => {
        // The source refuses frames once its track is gone; the call ends by its own events.
      })
    },
    async close() {
      isClosed = true
      await track.close()
    },
  }
}

/** Hears a track until it ends; the returned function ends it sooner. */
export function listenTo(track: RemoteTrack, mixer: Mixer): () => void {
  const input = mixer.add()
  const stream = new AudioStream(track, { sampleRate: mixRateHz, numChannels: 1, frameSizeMs: 20 })
  const reader = stream.getReader()
  const stop = () => {
    input.close()
    reader.cancel().catch(() => {}) // it has ended already
  }
  const listen = async () => {
    for (;;) {
      const { value, done } = await reader.read()
      if (done) return
      if (value.data.length === frameSamples) input.push(value.data)
    }
  }
  listen().then(stop, stop)
  return stop
}

import {
  AudioStream,
  type RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  type Room,
  RoomEvent,
  TrackKind,
} from '@livekit/rtc-node'
import { epochNow } from '@trunkline/runtime'

export const callerRateHz = 16_000

/** One frame of the caller's; `at` is when its first sample came in, epoch milliseconds. */
export type OnCallerAudio = (pcm: Int16Array, audio: { at: number }) => void

/**
 * The caller's voice for those who listen beside the conversation: 16 kHz, from whichever audio track they have, over
 * tracks that end and come again, until `signal` aborts.
 */
export function listenToCaller(
  room: Room,
  identity: string,
  {
    onAudio,
    onError,
    signal,
  }: { onAudio: OnCallerAudio; onError: (error: unknown) => void; signal: AbortSignal },
): void {
  const heard = new Set<string>()
  const read = async (track: RemoteTrack) => {
    const reader = new AudioStream(track, { sampleRate: callerRateHz, numChannels: 1 }).getReader()
    const stop = () => void reader.cancel().catch(() => {}) // it has ended by itself
    signal.addEventListener('abort', stop, { once: true })
    try {
      for (;;) {
        const { value, done } = await reader.read()
        if (done || signal.aborted) return
        const lengthMs = (value.samplesPerChannel * 1000) / value.sampleRate
        onAudio(value.data, { at: epochNow() - lengthMs })
      }
    } finally {
      signal.removeEventListener('abort', stop)
      heard.delete(track.sid ?? '')
    }
  }
  const subscribed = (
    track: RemoteTrack,
    _publication: RemoteTrackPublication,
    participant: RemoteParticipant,
  ) => {
    const sid = track.sid ?? ''
    if (participant.identity !== identity || track.kind !== TrackKind.KIND_AUDIO) return
    if (heard.has(sid)) return
    heard.add(sid)
    read(track).catch(onError)
  }
  room.on(RoomEvent.TrackSubscribed, subscribed)
  signal.addEventListener('abort', () => room.off(RoomEvent.TrackSubscribed, subscribed), {
    once: true,
  })
  const participant = room.remoteParticipants.get(identity)
  for (const publication of participant?.trackPublications.values() ?? []) {
    if (participant && publication.track) subscribed(publication.track, publication, participant)
  }
}

import type { Room } from '@livekit/rtc-node'
import { epochNow } from '@trunkline/runtime'
import { followCallerTrack, hearingRateHz } from './caller-track.ts'

/** One frame of the caller's, at `hearingRateHz`; `at` is when its first sample came in, epoch milliseconds. */
export type OnCallerAudio = (pcm: Int16Array, audio: { at: number }) => void

/** The caller's voice for those who listen beside the conversation, until `signal` aborts. */
export function listenToCaller(
  room: Room,
  caller: string,
  {
    onAudio,
    onError,
    signal,
  }: { onAudio: OnCallerAudio; onError: (error: unknown) => void; signal: AbortSignal },
): void {
  if (signal.aborted) return
  const stop = followCallerTrack({
    ...{ room, caller, onError },
    onFrame: (pcm) => onAudio(pcm, { at: epochNow() - (pcm.length * 1000) / hearingRateHz }),
  })
  signal.addEventListener('abort', stop, { once: true })
}

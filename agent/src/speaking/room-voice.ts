import type { Room } from '@livekit/rtc-node'
import { Playout } from './playout.ts'
import { publishTrack, type VoiceTrack } from './voice-track.ts'

/** The agent's audio track, with the session's output into it. */
export interface RoomVoice extends Pick<VoiceTrack, 'publication' | 'playNow' | 'listen'> {
  readonly playout: Playout
}

export async function publishVoice(room: Room): Promise<RoomVoice> {
  const { source, publication, playNow, listen } = await publishTrack(room)
  return { playout: new Playout(source), publication, playNow, listen }
}

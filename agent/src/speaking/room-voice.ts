import type { Room } from '@livekit/rtc-node'
import type { Logger } from '@trunkline/telemetry'
import { Playout } from './playout.ts'
import { publishTrack, type VoiceTrack } from './voice-track.ts'

/** The agent's audio track, and our voice in it. */
export interface RoomVoice extends Pick<VoiceTrack, 'publication' | 'playNow' | 'listen'> {
  readonly playout: Playout
}

export async function publishVoice(room: Room, options: { logger: Logger }): Promise<RoomVoice> {
  const { source, publication, playNow, listen } = await publishTrack(room)
  return { playout: new Playout(source, options), publication, playNow, listen }
}

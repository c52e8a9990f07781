import type { JobContext } from '@livekit/agents'
import type { Logger } from '@trunkline/telemetry'
import type { RoomVoice } from '../speaking/room-voice.ts'
import type { Caller } from './caller.ts'
import { type Joined, joinRoom } from './join-room.ts'
import { type OtherAgents, watchOtherAgents } from './other-agents.ts'

/** This job in the call's room. */
export interface Presence extends OtherAgents {
  /** Undefined when the room cannot be joined, and when the call is over before it is. */
  join(): Promise<Joined | undefined>
  /** Undefined before our track is published. */
  readonly voice: RoomVoice | undefined
  /** Known when the room was joined; undefined when nobody came. */
  caller(): Promise<Caller | undefined>
  close(): Promise<void>
}

export interface PresenceOptions {
  /** Something can be said; the caller may not be known yet. */
  readonly onVoice: (voice: RoomVoice) => void
  readonly logger: Logger
  /** Aborts when the call is over for this job. */
  readonly signal: AbortSignal
}

export function createPresence(
  ctx: Pick<JobContext, 'connect' | 'room'>,
  { onVoice, logger, signal }: PresenceOptions,
): Presence {
  let joining: Promise<Joined | undefined> | undefined
  let voice: RoomVoice | undefined
  let others: OtherAgents | undefined
  const take = (published: RoomVoice) => {
    voice = published
    others = watchOtherAgents(ctx.room)
    onVoice(published)
  }
  return {
    join() {
      joining = joinRoom(ctx, { signal, logger, onVoice: take })
      return joining
    },
    get voice() {
      return voice
    },
    caller: async () => (await joining)?.caller,
    haveTheCall: (options) => others?.haveTheCall(options) ?? false,
    close: async () => await voice?.playout.close(),
  }
}

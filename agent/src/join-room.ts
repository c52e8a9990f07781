import type { JobContext } from '@livekit/agents'
import { type Caller, findCaller } from './caller.ts'
import { publishVoice, type RoomVoice } from './room-voice.ts'

/** The room from inside, as the job found it. */
export interface Joined {
  readonly voice: RoomVoice
  /** Undefined when nobody came. */
  readonly caller: Caller | undefined
}

/** Joins the job's room; `onVoice` is called as soon as something can be said, when the caller may not be known yet. */
export async function joinRoom(
  ctx: JobContext,
  { signal, onVoice }: { signal: AbortSignal; onVoice: (voice: RoomVoice) => void },
): Promise<Joined | undefined> {
  await ctx.connect()
  if (signal.aborted) return undefined
  const finding = findCaller(ctx.room, { signal })
  const voice = await publishVoice(ctx.room)
  onVoice(voice)
  return { voice, caller: await finding }
}

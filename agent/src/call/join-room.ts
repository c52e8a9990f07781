import { AutoSubscribe, type JobContext } from '@livekit/agents'
import { whenAborted } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { createDeferred } from '../deferred.ts'
import { publishVoice, type RoomVoice } from '../speaking/room-voice.ts'
import { type Caller, findCaller } from './caller.ts'

/** The room from inside, as the job found it. */
export interface Joined {
  readonly voice: RoomVoice
  /** Undefined when nobody came. */
  readonly caller: Caller | undefined
}

/**
 * A room that is deleted while it is being joined keeps the native client waiting for half a minute. Below the 5 s after
 * which the worker kills a job that is not in its room: this one can still say that it leaves.
 */
const connectMs = 4500

export interface JoinOptions {
  readonly onVoice: (voice: RoomVoice) => void
  readonly logger: Logger
  readonly signal: AbortSignal
}

/**
 * Joins the job's room; `onVoice` is called as soon as something can be said, when the caller may not be known yet.
 * Gives undefined when `signal` aborts, and when the room cannot be joined in time or does not take our track.
 */
export async function joinRoom(
  ctx: Pick<JobContext, 'connect' | 'room'>,
  { signal, onVoice, logger }: JoinOptions,
): Promise<Joined | undefined> {
  // Nobody looks at a caller's video.
  const failed = (error: unknown) => {
    if (!signal.aborted) logger.warn({ err: error }, 'the room does not take us')
  }
  const connected = ctx.connect(undefined, AutoSubscribe.AUDIO_ONLY).then(
    () => true,
    (error: unknown) => {
      failed(error)
      return false
    },
  )
  const tooLate = createDeferred<false>()
  const timer = setTimeout(() => tooLate.resolve(false), connectMs)
  const over = whenAborted(signal).then(() => false)
  const isThere = await Promise.race([connected, tooLate.promise, over]).finally(() =>
    clearTimeout(timer),
  )
  if (!isThere || signal.aborted) return undefined
  const finding = findCaller(ctx.room, { signal })
  const voice = await publishVoice(ctx.room, { logger }).catch(failed)
  if (!voice) return undefined
  onVoice(voice)
  return { voice, caller: await finding }
}

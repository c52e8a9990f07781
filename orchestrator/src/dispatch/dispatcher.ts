import { inBackground, joinSignals } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { RoomInfo } from '../livekit/room-info.ts'
import type { Rooms } from '../livekit/rooms.ts'
import type { AgentDispatch } from './agent-dispatch.ts'
import { createDispatchQueue } from './dispatch-queue.ts'
import { createHelloWatch } from './hello-watch.ts'
import { type ReplaceTimes, replaceJob } from './replace-job.ts'
import type { DispatchCause, WatchedCall } from './watched-call.ts'

/** Sees to it that every call that wants one has an agent (design section 3, "Who replaces a job"). */
export interface Dispatcher {
  /**
   * A room with a caller of which no `hello` has been taken yet, as a webhook or the reconciler has it. Safe to call
   * again and again: a room is watched once, and one that has its call already is left alone.
   */
  roomSeen(room: RoomInfo): void
  /** The channel of a call broke without `call-ended` or `leaving`. */
  channelLost(call: WatchedCall, cause: Exclude<DispatchCause, 'no-hello'>): void
  /** A job's `hello` was taken, or the same job is back. */
  helloSeen(roomSid: string): void
  /** The call is over, or another orchestrator's: nothing is dispatched for it any more. */
  forget(roomSid: string): void
  close(): void
}

export interface DispatcherDeps {
  readonly agents: AgentDispatch
  readonly rooms: Pick<Rooms, 'participants' | 'has' | 'removeParticipant' | 'delete'>
  /** The watched call of a room that has had no `hello`. */
  readonly unheard: (room: RoomInfo) => WatchedCall
  readonly onDispatch: (why: DispatchCause | 'last-words') => void
  readonly logger: Logger
  readonly agentName: string
  readonly lastWordsName: string
  /** Monotonic milliseconds. */
  readonly now: () => number
  /** Dispatches a second, for all calls of this process. */
  readonly perSecond: number
  readonly times: Partial<DispatcherTimes> & Pick<DispatcherTimes, 'deadAfterMs'>
}

export interface DispatcherTimes extends ReplaceTimes {
  /**
   * From a broken socket to a dispatch. A living job is back sooner, and a job takes a quarter of a second to its
   * `hello`: when the old one has come back by then, the new one is told to leave.
   */
  readonly deadAfterMs: number
  /**
   * From noticing a silent job to a dispatch. The job notices the same silence, half a second later at most, and is
   * back when only the wire was dead.
   */
  readonly silentGraceMs: number
  /** Instead of `deadAfterMs` and `helloMs` after a take-over or our own start. */
  readonly patientMs: number
  /** How long after our start we are patient. */
  readonly startMs: number
}

const defaultTimes: Omit<DispatcherTimes, 'deadAfterMs'> = {
  silentGraceMs: 600,
  patientMs: 3000,
  startMs: 10_000,
  helloMs: 1500,
  lastWordsComeMs: 1500,
  giveUpMs: 9500,
  pollMs: 150,
}

/** Calls that may wait for their turn; beyond that a dispatch counts as failed. */
const maxWaiting = 500

export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { unheard, logger, now, perSecond } = deps
  const times = { ...defaultTimes, ...deps.times }
  const startedAt = now()
  const closing = new AbortController()
  const hellos = createHelloWatch()
  const queue = createDispatchQueue({ perSecond, burst: perSecond, maxWaiting, now })
  const watched = new Map<string, AbortController>()

  const watch = (call: WatchedCall, why: DispatchCause, graceMs: number) => {
    const own = new AbortController()
    watched.get(call.roomSid)?.abort()
    watched.set(call.roomSid, own)
    const { signal, release } = joinSignals([own.signal, closing.signal])
    const work = replaceJob(call, { ...deps, queue, hellos, times }, { why, graceMs, signal })
    inBackground(
      work.finally(() => {
        release()
        if (watched.get(call.roomSid) === own) watched.delete(call.roomSid)
      }),
      { signal, onError: (error) => logger.error({ err: error }, 'replacing a job failed') },
    )
  }

  return {
    roomSeen(room) {
      if (closing.signal.aborted || watched.has(room.sid)) return
      const isStarting = now() - startedAt < times.startMs
      watch(unheard(room), 'no-hello', isStarting ? times.patientMs : times.helloMs)
    },
    channelLost(call, cause) {
      if (closing.signal.aborted) return
      const graceMs = {
        'job-dead': times.deadAfterMs,
        'job-silent': times.silentGraceMs,
        'taken-over': times.patientMs,
      }
      watch(call, cause, graceMs[cause])
    },
    helloSeen: (roomSid) => hellos.seen(roomSid),
    forget(roomSid) {
      watched.get(roomSid)?.abort()
      watched.delete(roomSid)
    },
    close: () => closing.abort(),
  }
}

import type { Room } from '@livekit/rtc-node'
import type { AgentMessageOf } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import type { Send } from '../channel/outgoing.ts'
import type { RoomVoice } from '../speaking/room-voice.ts'
import { type Caller, toCallStarted, watchCaller } from './caller.ts'
import { noteOthers } from './note-others.ts'

export interface AttendOptions {
  readonly room: Room
  readonly voice: RoomVoice
  /** True when another job has told the orchestrator of this caller, who was answered already. */
  readonly isResumed: boolean
  readonly send: Send
  readonly onActive: () => void
  readonly onKey: (key: string) => void
  readonly onGone: (reason: AgentMessageOf<'call-ended'>['reason']) => void
  readonly onError: (error: unknown) => void
  readonly logger: Logger
  /** Aborts when the call is over for this job. */
  readonly signal: AbortSignal
}

/** Tells the orchestrator who calls, and follows the caller's leg from then on. */
export function attendCaller(caller: Caller, options: AttendOptions): void {
  const { room, voice, isResumed, send, onActive, onKey, onGone, onError, logger, signal } = options
  if (!isResumed) send(toCallStarted(caller))
  noteOthers(room, { caller: caller.identity, logger, signal })
  watchCaller(room, caller, {
    signal,
    listener: {
      status(status) {
        if (status === 'hangup' || !isResumed) send({ type: 'call-status', status })
        if (status === 'active') onActive()
      },
      digit: onKey,
      gone: onGone,
    },
  })
  if (caller.bySip || isResumed) return
  /** A browser has no ringing: the call is active when it hears our track. */
  const activate = async () => {
    await voice.publication.waitForSubscription()
    if (signal.aborted) return
    send({ type: 'call-status', status: 'active' })
    onActive()
  }
  inBackground(activate(), { signal, onError })
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { AgentMessageOf } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { Outgoing } from '../channel/outgoing.ts'
import { createDeferred } from '../deferred.ts'

type EndReason = AgentMessageOf<'call-ended'>['reason']

/** How a call ends for this job: once, and told to the orchestrator. */
export interface Ending {
  /** Aborts when the call is over for this job. */
  readonly signal: AbortSignal
  /** Resolves when this process has done its part and should end. */
  readonly closed: Promise<void>
  /** We were asked to hang up: a room that is deleted from now on was ended by us. */
  hangingUp(): void
  /** Whatever ends the call from now on, this is why. */
  blame(reason: EndReason): void
  /** The call is over: tells so, and ends the process. */
  end(reason: EndReason): void
  /** This job goes, and the call may go on without it. */
  leave(reason: string): Promise<void>
  /** The same without a word: another job is sent if somebody is still there. */
  vanish(reason: string): Promise<void>
  /** Our own connection to the room is gone, and nobody knows of the caller's: vanishes, unless the call was to end. */
  roomLost(): void
}

export interface EndingDeps {
  readonly sendLast: (message: Outgoing) => void
  /** True when everything sent has been acknowledged within `timeoutMs`. */
  readonly flushed: (timeoutMs: number) => Promise<boolean>
  /** Stops speaking; what this tells comes before the last word. */
  readonly stopSpeaking: () => void
  /** Writes the rest of the recording. */
  readonly endRecording: () => Promise<void>
  /** Ends the job; `reason` is for its log. */
  readonly shutdown: (reason: string) => void
  /** Closes all parts of the call. */
  readonly dispose: () => Promise<void>
  readonly onError: (error: unknown) => void
}

/** How long the last messages may take to be acknowledged before the process ends. */
const flushMs = 1000
/** How long the end of a recording may take to be written. */
const recordingEndMs = 500

export function createEnding(deps: EndingDeps): Ending {
  const { sendLast, flushed, stopSpeaking, endRecording, shutdown, dispose, onError } = deps
  const over = new AbortController()
  const closed = createDeferred()
  let isHangingUp = false
  let blamed: EndReason | undefined

  const close = async (reason: string, last: () => Outgoing | undefined) => {
    if (over.signal.aborted) return
    over.abort()
    try {
      stopSpeaking()
      // Told before the last word: afterwards nobody listens.
      const tooLate = sleep(recordingEndMs, undefined, { ref: false })
      await Promise.race([endRecording(), tooLate])
      const message = last()
      if (message) sendLast(message)
      await flushed(flushMs)
    } finally {
      shutdown(reason)
      closed.resolve()
      await dispose()
    }
  }
  const toReason = (reason: EndReason) => {
    if (blamed) return blamed
    return reason === 'room-deleted' && isHangingUp ? 'agent-hangup' : reason
  }
  const end = (reason: EndReason) => {
    const closing = close(reason, () => ({ type: 'call-ended', reason: toReason(reason) }))
    inBackground(closing, { onError })
  }
  const vanish = (reason: string) => close(reason, () => undefined)
  return {
    signal: over.signal,
    closed: closed.promise,
    hangingUp() {
      isHangingUp = true
    },
    blame(reason) {
      blamed = reason
    },
    end,
    leave: (reason) => close(reason, () => ({ type: 'leaving', reason })),
    vanish,
    roomLost() {
      if (isHangingUp || blamed) end('disconnected')
      else inBackground(vanish('disconnected'), { onError })
    },
  }
}

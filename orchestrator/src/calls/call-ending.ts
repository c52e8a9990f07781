import type { EndReason } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { Rooms } from '../livekit/rooms.ts'
import { isOver } from './call-machine.ts'
import type { Journal } from './journal.ts'

export interface CallEndingDeps {
  readonly journal: Journal
  readonly rooms: Pick<Rooms, 'delete'>
  readonly logger: Logger
  readonly now: () => number
  /** Asks the agent to play out what was said and to answer with `action-result`. */
  readonly sendHangup: (action: { actionId: string; reason: EndReason }) => void
  /** Called once, when the call has ended and its room is gone. */
  readonly onEnded: (reason: EndReason) => void
  /** False while no agent is there to hear of a hang-up. */
  readonly isConnected: () => boolean
  readonly hangupTimeoutMs?: number
}

/** The one way out of a call: nobody but the orchestrator deletes its room (design section 3). */
export interface CallEnding {
  /** Ends the call after everything said so far has been played. The first reason given stays. */
  hangUp(reason: EndReason): void
  /** Goes on waiting for a hang-up that another process has asked for. */
  resume(): void
  /** True when the result was that of the hang-up. */
  takeResult(result: { actionId: string; ok: boolean }): boolean
  /** Deletes the room now. The first reason given stays; later calls wait for the same end. */
  endNow(reason: EndReason): Promise<void>
  /** Another orchestrator has the call: it is not ended from here any more. */
  abandon(): void
  readonly isEnding: boolean
}

const hangupActionId = 'hangup'
/** An agent that has lost its channel may be back by then; the caller waits in silence for it. */
const unheardMs = 2000
/** Nobody waits longer for Redis to say that the call is still ours. */
const storeWaitMs = 150

export function createCallEnding(deps: CallEndingDeps): CallEnding {
  const { journal, rooms, logger, now, sendHangup, onEnded, hangupTimeoutMs = 45_000 } = deps
  // A call that another process was ending goes on ending.
  let reason: EndReason | undefined =
    isOver(journal.record.state) || journal.record.state === 'ending'
      ? journal.record.endReason
      : undefined
  let ended: Promise<void> | undefined
  let timer: NodeJS.Timeout | undefined
  let isAbandoned = false

  const begin = (wanted: EndReason): EndReason => {
    if (reason === undefined) {
      reason = wanted
      journal.emit({ at: now(), type: 'call-ending', reason })
    }
    return reason
  }
  const deleteRoom = async (final: EndReason) => {
    // What Redis has refused is another process's call: its room is not ours to delete.
    const isOurs = await journal.stored({ timeoutMs: storeWaitMs })
    if (isOurs === false) return
    try {
      await rooms.delete(journal.record.room)
    } catch (error) {
      // The call is over for us all the same; livekit-server closes an empty room by itself.
      logger.error({ err: error }, 'deleting the room failed')
    }
    if (journal.emit({ at: now(), type: 'call-ended', reason: final })) onEnded(final)
  }
  const endNow = (wanted: EndReason) => {
    clearTimeout(timer)
    if (isAbandoned) return Promise.resolve()
    ended ??= deleteRoom(begin(wanted))
    return ended
  }

  const waitForResult = (final: EndReason) => {
    clearTimeout(timer)
    timer = setTimeout(
      () => {
        logger.warn('agent did not confirm the hang-up')
        void endNow(final) // cannot reject: deleteRoom reports its own failure
      },
      deps.isConnected() ? hangupTimeoutMs : unheardMs,
    )
  }

  return {
    hangUp(wanted) {
      if (reason !== undefined || isAbandoned) return
      const action = { actionId: hangupActionId, reason: begin(wanted) }
      journal.emit({
        ...{ at: now(), type: 'action', actionId: hangupActionId, kind: 'hangup' },
        action: { kind: 'hangup', reason: action.reason },
      })
      sendHangup(action)
      waitForResult(action.reason)
    },
    resume() {
      if (reason !== undefined && !isOver(journal.record.state)) waitForResult(reason)
    },
    takeResult({ actionId, ok }) {
      if (actionId !== hangupActionId || reason === undefined) return false
      if (!ok) logger.warn('agent could not play out its goodbye')
      void endNow(reason) // cannot reject, as above
      return true
    },
    endNow,
    abandon() {
      isAbandoned = true
      clearTimeout(timer)
    },
    get isEnding() {
      return reason !== undefined
    },
  }
}

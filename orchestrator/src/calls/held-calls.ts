import { closeCode } from '@trunkline/contracts'
import { createCallSession } from './call-session.ts'
import type { CallSession, CallSessionDeps, CallSessionOptions } from './session.ts'

type Held = Pick<CallSessionOptions, 'line' | 'record' | 'lastEventId' | 'lease' | 'refusal'>

/** The sessions of this process, counted as active while their calls are. */
export interface HeldCalls {
  get(callId: string): CallSession | undefined
  findByRoom(roomSid: string): CallSession | undefined
  all(): readonly CallSession[]
  /** Makes the session of a call that is ours now. */
  add(held: Held): CallSession
  /** Another orchestrator has the call: its limits are not ours to watch any more. */
  letGo(session: CallSession): void
  forget(session: CallSession): void
}

/** An ended call's channel is closed by its agent, else by us after this time. */
const lingerMs = 10_000

export function createHeldCalls(deps: CallSessionDeps): HeldCalls {
  const { metrics, logger, watcher, admission } = deps
  const sessions = new Map<string, CallSession>()
  /** Counted as active: once each, however a call leaves. */
  const counted = new Set<CallSession>()
  /** Ended calls whose agent has not closed its channel yet. */
  const lingering = new Map<CallSession, NodeJS.Timeout>()
  const uncount = (session: CallSession) => {
    if (counted.delete(session)) metrics.callClosed()
  }
  const forget = (session: CallSession) => {
    clearTimeout(lingering.get(session))
    lingering.delete(session)
    if (sessions.get(session.id) === session) sessions.delete(session.id)
  }
  const letGo = (session: CallSession) => {
    admission?.letGo(session.id)
    session.abandon(closeCode.goingAway)
    forget(session)
    watcher?.forget(session.record.roomSid)
    uncount(session)
  }

  return {
    get: (callId) => sessions.get(callId),
    findByRoom: (roomSid) =>
      [...sessions.values()].find((session) => session.record.roomSid === roomSid),
    all: () => [...sessions.values()],
    add(held) {
      const { line, record, lastEventId } = held
      if (lastEventId !== undefined) admission?.hold({ callId: record.id, line, lastEventId })
      const session = createCallSession(deps, {
        ...held,
        onEnded(reason) {
          admission?.release(session.id)
          watcher?.forget(session.record.roomSid)
          uncount(session)
          metrics.callEnded(reason)
          logger.info({ callId: session.id, reason }, 'call ended')
          const timer = setTimeout(() => {
            session.abandon(1000)
            forget(session)
          }, lingerMs)
          lingering.set(session, timer.unref())
        },
        onTakenOver: () => letGo(session),
      })
      sessions.set(session.id, session)
      counted.add(session)
      metrics.callOpened()
      return session
    },
    letGo,
    forget,
  }
}

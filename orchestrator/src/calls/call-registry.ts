import type { JobLink } from '../channel/job-link.ts'
import { isOver } from './call-machine.ts'
import { createHeldCalls } from './held-calls.ts'
import { createOpenCall, type OpenCall, type OpenCallDeps } from './open-call.ts'
import type { CallSession } from './session.ts'

/** The calls whose channel this process holds. */
export interface CallRegistry {
  /** Finds or makes the call of a job. The link still has to be attached to the job's connection. */
  readonly open: OpenCall
  /** To be called when a link has no connection any more. */
  released(session: CallSession, link: JobLink, options?: { isSilent?: boolean }): void
  get(callId: string): CallSession | undefined
  findByRoom(roomSid: string): CallSession | undefined
  /** Every call this process holds, those included that have just ended. */
  all(): readonly CallSession[]
  /**
   * Takes over a call whose process is gone and whose job has not come back; undefined when it has ended or is not
   * kept. What becomes of it is decided as when a channel is lost here.
   */
  adopt(callId: string): Promise<CallSession | undefined>
  /**
   * Takes no more calls, and lets go of those it has once they are stored: their agents look for another
   * orchestrator.
   */
  close(): Promise<void>
}

export type CallRegistryDeps = OpenCallDeps

export function createCallRegistry(deps: CallRegistryDeps): CallRegistry {
  const { store, lines } = deps
  let isClosing = false
  const held = createHeldCalls(deps)
  const open = createOpenCall(deps, { held, isClosing: () => isClosing })

  store.onTaken((callId, token) => {
    const session = held.get(callId)
    if (session && session.token < token) held.letGo(session)
  })
  store.onBack(() => {
    for (const session of held.all()) session.writeBack()
  })

  return {
    open,
    released(session, link, options) {
      if (isOver(session.record.state)) held.forget(session)
      else if (!isClosing) session.lost(link, options)
    },
    get: held.get,
    findByRoom: held.findByRoom,
    all: held.all,
    async adopt(callId) {
      const local = held.get(callId)
      if (local || isClosing) return local
      // A call whose line is gone is left for who ends what belongs to nobody: with a lease of ours nobody would.
      const known = await store.read(callId)
      if (!known || !lines.byId(known.call.line)) return undefined
      const claimed = await store.adopt(callId)
      const stored = claimed && (await store.read(callId))
      const line = stored && lines.byId(stored.call.line)
      if (!line || isOver(stored.call.state) || isClosing) return undefined
      const meanwhile = held.get(callId)
      if (meanwhile) return meanwhile
      const { call: record, lastEventId } = stored
      const session = held.add({ line, record, lastEventId, lease: claimed })
      session.adopt()
      return session
    },
    async close() {
      isClosing = true
      await Promise.all(held.all().map((session) => session.handOver()))
    },
  }
}

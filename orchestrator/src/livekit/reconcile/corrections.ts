import type { ReconciledWhat } from '@trunkline/contracts'
import { callerLeft } from '../../calls/end-reason.ts'
import type { RoomInfo } from '../room-info.ts'
import { type Confirmed, isAbandoned, isConfirmed } from './confirm.ts'
import type { ReconcilerDeps } from './reconciler.ts'

type CorrectionDeps = Pick<
  ReconcilerDeps,
  | 'registry'
  | 'rooms'
  | 'closeForgotten'
  | 'noteLate'
  | 'onRoomSeen'
  | 'onReconciled'
  | 'logger'
  | 'now'
>

/** Puts right what was found. Each correction of a call leaves a `reconciled` event behind. */
export function createCorrections(deps: CorrectionDeps): (found: Confirmed) => Promise<void> {
  const { registry, rooms, closeForgotten, noteLate, onRoomSeen, onReconciled, logger, now } = deps

  const report = (what: ReconciledWhat, callId: string) => {
    onReconciled(what)
    logger.warn({ callId, what }, 'a call was put right')
  }
  /** Ends a call of this process, unless its channel has come back meanwhile. */
  const endOwn = async (callId: string, what: 'room-gone' | 'caller-gone') => {
    const session = registry.get(callId)
    if (!session || session.isConnected || session.isEnding) return
    report(what, callId)
    session.put({ type: 'reconciled', at: now(), what })
    await session.endNow(what === 'room-gone' ? 'room-lost' : callerLeft(session.record.state))
  }
  const endOrphan = async (callId: string, { name, sid }: RoomInfo) => {
    const what = 'orchestrator-gone'
    report(what, callId)
    await closeForgotten({ roomSid: sid, reason: 'orchestrator-stopped', what })
    await rooms.delete(name)
  }
  /** The call of a stopped process whose caller waits: the dispatcher sends it another agent from here. */
  const takeOver = async (callId: string) => {
    const what = 'orchestrator-gone'
    const session = await registry.adopt(callId)
    if (!session || session.isConnected) return
    report(what, callId)
    session.put({ type: 'reconciled', at: now(), what })
  }

  return async (confirmed) => {
    const { finding } = confirmed
    const { kind, callId, room } = finding
    switch (kind) {
      case 'room-unserved':
        if (callId === undefined) onRoomSeen(room)
        else if (isAbandoned(confirmed)) await endOrphan(callId, room)
        else if (isConfirmed(confirmed)) await takeOver(callId)
        return
      case 'room-gone':
      case 'caller-gone':
        await endOwn(callId, kind)
        return
      case 'orchestrator-gone':
        await endOrphan(callId, room)
        return
      case 'room-left-over':
        report(kind, callId)
        await rooms.delete(room.name)
        await noteLate(callId, kind)
        return
      default:
        kind satisfies never
    }
  }
}

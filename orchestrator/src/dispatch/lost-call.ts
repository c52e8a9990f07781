import type { CallRecord } from '@trunkline/contracts'
import { callerLeft } from '../calls/end-reason.ts'
import type { CallSession } from '../calls/session.ts'
import { toLineSpeech } from '../calls/speech.ts'
import type { WatchedCall } from './watched-call.ts'

/** What the dispatcher needs of a call session. */
export type LostSession = Pick<
  CallSession,
  | 'id'
  | 'line'
  | 'record'
  | 'epoch'
  | 'isEnding'
  | 'isConnected'
  | 'jobIds'
  | 'put'
  | 'takenOver'
  | 'endNow'
>

/** States in which no agent is expected in the room, or none any more. */
const withoutAgent: ReadonlySet<CallRecord['state']> = new Set([
  'bridged',
  'ending',
  'ended',
  'failed',
])
const answered: ReadonlySet<CallRecord['state']> = new Set(['active', 'held', 'transferring'])

/** A call whose channel broke, for the dispatcher. */
export function toLostCall(
  session: LostSession,
  {
    isHolder,
    now,
    agentName,
  }: {
    /** False once another orchestrator has the call. @throws when the store is away */
    isHolder: (callId: string) => Promise<boolean>
    now: () => number
    agentName: string
  },
): WatchedCall {
  const { id, line } = session
  return {
    room: session.record.room,
    roomSid: session.record.roomSid,
    hadJob: true,
    since: session.record.createdAt,
    async state() {
      if (session.isEnding || withoutAgent.has(session.record.state)) return 'settled'
      if (session.isConnected) return 'served'
      const isOurs = await isHolder(id).catch(() => true) // the store is away: we hold it
      if (isOurs) return 'unserved'
      session.takenOver()
      return 'settled'
    },
    isAnswered: () => answered.has(session.record.state),
    async metadata() {
      const { epoch } = session
      return JSON.stringify({ line: line.id, callId: id, epoch, resume: true })
    },
    lastWords() {
      const spoken = session.record.turns.at(-1)?.language
      const { apology, language, voice } = toLineSpeech(line, spoken)
      return { text: apology, language, voice }
    },
    deadAgents: () => session.jobIds.slice(0, -1).map(toAgentIdentity),
    note({ attempt, why }) {
      session.put({ at: now(), type: 'dispatched', attempt, why, agentName })
    },
    end: (reason) =>
      session.endNow(reason === 'caller-hangup' ? callerLeft(session.record.state) : reason),
  }
}

/** What agents-js calls a job's participant when it is accepted without a name of its own. */
function toAgentIdentity(jobId: string): string {
  return `agent-${jobId}`
}

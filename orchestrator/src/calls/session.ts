import type { AgentMessage, CallEventOf, CallRecord, EndReason, Line } from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { SessionActions } from '../actions/session-actions.ts'
import type { JobLink } from '../channel/job-link.ts'
import type { LateEffect } from '../dialogue/create-dialogue.ts'
import type { Dialogue } from '../dialogue/dialogue.ts'
import type { CallerIntents } from '../intents/caller-intents.ts'
import type { Admission, Refusal } from '../limits/admission.ts'
import type { LineStore } from '../lines/line-store.ts'
import type { Rooms } from '../livekit/rooms.ts'
import type { Metrics } from '../metrics.ts'
import type { CallStore } from '../store/call-store.ts'
import type { CallTransfers } from '../transfer/call-transfers.ts'
import type { TransferServices } from '../transfer/transfer-services.ts'

export interface CallSessionDeps {
  readonly store: Pick<CallStore, 'append' | 'isHealthy' | 'isHolder' | 'holder'>
  readonly dialogue: Dialogue
  readonly lines: Pick<LineStore, 'byNumber'>
  readonly rooms: Pick<Rooms, 'delete'>
  readonly metrics: Metrics
  readonly logger: Logger
  /** Epoch milliseconds. */
  readonly now: () => number
  readonly maxCallSeconds: number
  /** How long a lost channel may take to come back. */
  readonly channelGraceMs: number
  /** Why a call that was dialled out was not answered, by its room. */
  readonly dialFailureOf?: (room: string) => Promise<EndReason | undefined>
  /** What is left with a machine that takes a dialled call, by the call's room. */
  readonly dialMessageOf?: (room: string) => Promise<string | undefined>
  /** Watches what calls cost; without it they cost nothing, and every call may begin. */
  readonly admission?: Admission
  /** Decides what becomes of a call whose channel broke; without it the call ends after `channelGraceMs`. */
  readonly watcher?: CallWatcher
  readonly intents?: CallerIntents
  /** What transfers work with; without it none is made. */
  readonly transferServices?: TransferServices
  /** Keyed hash of a caller's number: the number itself is not kept. */
  readonly hashCaller?: (number: string) => string | undefined
}

/** Told when a call has no job, has one again, and needs none any more. */
export interface CallWatcher {
  channelLost(session: CallSession, cause: 'job-dead' | 'job-silent' | 'taken-over'): void
  helloSeen(roomSid: string): void
  forget(roomSid: string): void
}

export interface CallSessionOptions {
  readonly line: Line
  readonly record: CallRecord
  /** Our lease as it was claimed. */
  readonly lease: { readonly epoch: number; readonly token: number }
  /** The call may not begin: its greeting says why, and then it ends. */
  readonly refusal?: Refusal
  /** Set when the call was begun by another process. */
  readonly lastEventId?: string
  readonly onEnded: (reason: EndReason) => void
  /** The channel did not come back here: another orchestrator has the call. */
  readonly onTakenOver: () => void
}

/** What a job says once it is known. */
export type SessionMessage = Exclude<AgentMessage, { type: 'hello' | 'ack' }>

/** One call: what its agent says changes it here, and what it answers leaves from here. */
export interface CallSession {
  readonly id: string
  readonly line: Line
  readonly record: CallRecord
  readonly isEnding: boolean
  /** True for a call that is answered only to say why it cannot be taken. */
  readonly isRefused: boolean
  /** True while an agent's channel is open: the call is alive, whatever the room server lists. */
  readonly isConnected: boolean
  /** Puts an event from outside on record. False when the call is over and takes none. */
  put(
    event: CallEventOf<'reconciled' | 'external-event' | 'external-transcript' | 'dispatched'>,
  ): boolean
  /** As `Journal.stored`: resolves when everything put so far is in Redis; false when it never will be. */
  stored(options: { timeoutMs: number }): Promise<boolean | undefined> | undefined
  readonly isStored: boolean
  /** Writes the first event of a new call. */
  begin(created: CallEventOf<'call-created'>): void
  /** The link of this job, made when it is new. A link of an older job is told that it is superseded. */
  linkJob(job: NewJob): JobLink
  /** To be called once the job has its `welcome`: sends what it has not had, and goes on with an unfinished turn. */
  goOn(job: { epoch: number; resumeFrom: number }): void
  handle(message: SessionMessage): void
  /** What operators do to the call. */
  readonly actions: SessionActions
  readonly transfers: Pick<CallTransfers, 'begin' | 'beginAfterTurn'>
  /** The job's channel broke: it may come back within the grace. */
  lost(link: JobLink, options?: { isSilent?: boolean }): void
  /** Jobs this call is known to have had, the present one last. */
  readonly jobIds: readonly string[]
  /** Another orchestrator has been found to have the call. */
  takenOver(): void
  endNow(reason: EndReason): Promise<void>
  readonly epoch: number
  /** The epoch a job of this call got; undefined for one that has not said hello here. */
  epochOf(jobId: string): number | undefined
  /** An effect that was finished after its turn was over: the next reply tells it. */
  takeLateEffect(late: LateEffect): void
  /** Lets go of the call without ending it, and closes its channel: nothing more is said, done or written. */
  abandon(code: number): void
  /** As `abandon`, but what has happened is written first, so that the next process finds all of it. */
  handOver(): Promise<void>
  /** Writes the state again, for a Redis that may have lost it. */
  writeBack(): void
  /** The lease of a call that has no job here: decides what becomes of it as when its channel is lost. */
  adopt(): void
  /** Fencing token of our lease. */
  readonly token: number
}

/** A job’s `hello` and what its claim has given. */
export interface NewJob {
  readonly jobId: string
  readonly protocol: number
  readonly epoch: number
  readonly token: number
  /** The job’s last message that was handled, here or elsewhere. */
  readonly handled: number
  readonly resumeFrom: number
}

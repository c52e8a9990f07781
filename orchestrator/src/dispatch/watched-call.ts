import type { EndReason, LastWords } from '@trunkline/contracts'

/** Why an agent is dispatched again. */
export type DispatchCause = 'no-hello' | 'job-dead' | 'job-silent' | 'taken-over'

/**
 * - `unserved`: a caller waits and no job has the call
 * - `served`: a job has it
 * - `settled`: no job is wanted: ended, ending, bridged, or another orchestrator's
 */
export type ServiceState = 'unserved' | 'served' | 'settled'

/** A call, or a room that may become one, as the dispatcher sees it. */
export interface WatchedCall {
  readonly room: string
  readonly roomSid: string
  /** False when no job of it ever said hello. */
  readonly hadJob: boolean
  /** Epoch milliseconds; who waits longest is helped first. */
  readonly since: number
  /** Asked before every step, as a call may change hands meanwhile. */
  state(): Promise<ServiceState>
  /** False while it rings: then nothing is said to the caller, and ending it refuses the call. */
  isAnswered(): boolean
  /** What the next job is told; undefined when the room wants no agent of ours. */
  metadata(): Promise<string | undefined>
  /** What the last words are told. */
  lastWords(): LastWords
  /** Identities in the room of jobs that are dead. */
  deadAgents(): readonly string[]
  /** Keeps a dispatch in the call's events. */
  note(dispatch: { attempt: number; why: DispatchCause | 'last-words' }): void
  end(
    reason: Extract<EndReason, 'agent-lost' | 'no-agent' | 'caller-hangup' | 'room-lost'>,
  ): Promise<void>
}

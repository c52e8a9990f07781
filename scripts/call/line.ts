import type { Call } from '@trunkline/telephony'
import type { CallQuery } from './follow-call.ts'

/** The caller's end of a call, over SIP or in a room; audio is 8 kHz in both. */
export interface Line
  extends Pick<
    Call,
    | 'state'
    | 'timings'
    | 'answered'
    | 'ended'
    | 'recording'
    | 'play'
    | 'sendDtmf'
    | 'hangup'
    | 'audio'
  > {
  /** By what the orchestrator knows this call. */
  readonly query: CallQuery
  /** Lines about the signalling, for the folder a failed call leaves. */
  readonly trace: readonly string[]
  close(): Promise<void>
}

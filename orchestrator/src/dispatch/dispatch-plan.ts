import type { ServiceState } from './watched-call.ts'

/** Dispatches into one room before it is given up. */
export const maxDispatches = 3

export type DispatchStep =
  | { readonly kind: 'dispatch'; readonly attempt: number }
  /** The apology, then the end. */
  | { readonly kind: 'last-words' }
  | {
      readonly kind: 'end'
      readonly reason: 'agent-lost' | 'no-agent' | 'caller-hangup' | 'room-lost'
    }
  /** Nothing more is to be done. */
  | { readonly kind: 'leave' }

export interface DispatchSituation {
  readonly state: ServiceState
  /** `gone` from a room that is there; `unknown` when livekit-server did not say. */
  readonly caller: 'there' | 'gone' | 'room-gone' | 'unknown'
  readonly isAnswered: boolean
  /** False when no job of this call ever said hello. */
  readonly hadJob: boolean
  /** Dispatches whose time for a hello has passed. */
  readonly failures: number
}

/** What is to be done for a call without a job. Pure. */
export function nextStep(situation: DispatchSituation): DispatchStep {
  const { state, caller, isAnswered, hadJob, failures } = situation
  if (state !== 'unserved') return { kind: 'leave' }
  // A dispatch into a room that has ended would create it anew.
  if (caller === 'gone' || caller === 'room-gone') {
    if (!hadJob) return { kind: 'leave' }
    return { kind: 'end', reason: caller === 'gone' ? 'caller-hangup' : 'room-lost' }
  }
  if (failures < maxDispatches) return { kind: 'dispatch', attempt: failures + 1 }
  // Nobody speaks in the room of a livekit-server that is away.
  if (caller === 'unknown' && hadJob) return { kind: 'end', reason: 'room-lost' }
  if (isAnswered) return { kind: 'last-words' }
  // Its end without an answer refuses the call (486); last words would answer it first.
  return { kind: 'end', reason: hadJob ? 'agent-lost' : 'no-agent' }
}

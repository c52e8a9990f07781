import type { AgentMessageOf, CallState, EndReason } from '@trunkline/contracts'

interface EndReasonFacts {
  /** Whose doing it was. */
  readonly fault: 'caller' | 'us' | 'provider' | 'carrier'
  /** True when the call did not come to its own end. */
  readonly isFailure: boolean
}

export const endReasons: Readonly<Record<EndReason, EndReasonFacts>> = {
  'caller-hangup': { fault: 'caller', isFailure: false },
  'caller-abandoned': { fault: 'caller', isFailure: false },
  'agent-goodbye': { fault: 'us', isFailure: false },
  'operator-hangup': { fault: 'us', isFailure: false },
  'max-duration': { fault: 'us', isFailure: false },
  silence: { fault: 'caller', isFailure: false },
  'unknown-number': { fault: 'carrier', isFailure: false },
  'agent-lost': { fault: 'us', isFailure: true },
  'agent-error': { fault: 'us', isFailure: true },
  'room-lost': { fault: 'us', isFailure: true },
  'orchestrator-stopped': { fault: 'us', isFailure: true },
}

/** What the agent's last word means for a call that nobody here was ending. */
export function toEndReason(
  reason: AgentMessageOf<'call-ended'>['reason'],
  state: CallState,
): EndReason {
  switch (reason) {
    case 'caller-hangup':
      return callerLeft(state)
    case 'agent-hangup':
      return 'agent-goodbye'
    case 'room-deleted':
    case 'disconnected':
      return 'room-lost'
    case 'error':
      return 'agent-error'
  }
}

/** A caller who leaves before the call was answered has abandoned it. */
export function callerLeft(state: CallState): EndReason {
  return state === 'created' || state === 'ringing' ? 'caller-abandoned' : 'caller-hangup'
}

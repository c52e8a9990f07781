import type { AgentMessageOf, CallState, EndReason } from '@trunkline/contracts'

export interface EndReasonFacts {
  /** Whose doing it was. */
  readonly fault: 'caller' | 'us' | 'provider' | 'carrier'
  /** True when the call did not come to its own end: its last state is `failed`, not `ended`. */
  readonly isFailure: boolean
  /** One line for docs/end-reasons.md. */
  readonly meaning: string
}

const by = (fault: EndReasonFacts['fault'], isFailure: boolean, meaning: string) =>
  ({ fault, isFailure, meaning }) as const

/** The closed list of design section 4, with what is true of each. */
export const endReasons: Readonly<Record<EndReason, EndReasonFacts>> = {
  'caller-hangup': by('caller', false, 'the caller hung up after the answer'),
  'caller-abandoned': by('caller', false, 'the caller hung up before the answer'),
  silence: by('caller', false, 'not a word was recognised for as long as the line allows'),
  'caller-hold': by('caller', false, 'the caller had us on hold for longer than the line allows'),
  'bot-loop': by('caller', false, 'the other side was a machine that got nowhere'),
  'callee-busy': by('caller', false, 'dialled out: the number was busy'),
  'callee-no-answer': by('caller', false, 'dialled out: nobody answered in time'),
  'callee-declined': by('caller', false, 'dialled out: the call was rejected'),
  'answering-machine': by('caller', false, 'dialled out: a machine answered'),
  'agent-goodbye': by('us', false, 'the agent said goodbye and hung up'),
  'operator-hangup': by('us', false, 'an operator ended the call'),
  transferred: by('us', false, 'the caller was handed over and needs us no more'),
  'max-duration': by('us', false, 'the call reached its longest time'),
  'cost-limit': by('us', false, 'the call reached what it may cost'),
  'line-busy': by('us', true, 'refused: the line has as many calls as it may have'),
  'hourly-limit': by('us', true, 'refused: the line has had its calls of this hour'),
  'unknown-line': by(
    'us',
    true,
    'refused: the job names a line that no file describes, or the call’s line was removed while it changed hands',
  ),
  draining: by(
    'us',
    true,
    'never given today: an orchestrator that stops refuses no call, its agents go on with another one',
  ),
  'agent-lost': by('us', true, 'the agent’s job died and no other could take over'),
  'agent-error': by('us', true, 'the agent could not go on'),
  'no-agent': by('us', true, 'no worker took the call'),
  'room-lost': by('us', true, 'the room server lost or closed the room'),
  'orchestrator-stopped': by('us', true, 'the orchestrator died and no other took over'),
  'store-unavailable': by('us', true, 'refused: Redis was away'),
  'llm-unavailable': by('provider', true, 'no language model answered'),
  'asr-unavailable': by('provider', true, 'no speech recogniser answered'),
  'tts-unavailable': by('provider', true, 'no voice engine answered'),
  'unknown-number': by('carrier', false, 'refused: the trunk sent a number that no line has'),
  'network-lost': by('carrier', true, 'the caller’s media or signalling stopped without a BYE'),
  'transfer-failed': by('carrier', true, 'the transfer failed and the caller could not be kept'),
  'number-unreachable': by('carrier', true, 'dialled out: the number does not exist or is off'),
  'trunk-rejected': by('carrier', true, 'dialled out: the trunk refused the call'),
}

/** What the agent's last word means for a call that nobody here was ending. */
export function toEndReason(
  reason: AgentMessageOf<'call-ended'>['reason'],
  state: CallState,
): EndReason {
  switch (reason) {
    case 'caller-hangup':
      return callerLeft(state)
    case 'caller-lost':
      return state === 'bridged' ? 'transferred' : 'network-lost'
    case 'agent-hangup':
      return 'agent-goodbye'
    case 'room-deleted':
    case 'disconnected':
      return state === 'bridged' ? 'transferred' : 'room-lost'
    case 'error':
      return 'agent-error'
    case 'voiceless':
      return 'tts-unavailable'
  }
}

/**
 * A caller who leaves before the call was answered has abandoned it; one who was handed over needs us no more. Who
 * leaves while a transfer is under way has hung up: it is `bridged` before livekit-sip hangs up for us.
 */
export function callerLeft(state: CallState): EndReason {
  if (state === 'created' || state === 'ringing') return 'caller-abandoned'
  return state === 'bridged' ? 'transferred' : 'caller-hangup'
}

import type { CallEvent, CallState } from '@trunkline/contracts'
import { endReasons } from './end-reason.ts'

export type CallInput =
  | 'ring'
  | 'activate'
  | 'hold'
  | 'resume'
  | 'transfer'
  | 'transfer-failed'
  | 'bridge'
  | 'end'
  | 'finish'
  | 'fail'

const closing = { end: 'ending' } as const

/** Design section 4: every way out leads over `ending`. */
const table: Readonly<Record<CallState, Readonly<Partial<Record<CallInput, CallState>>>>> = {
  created: { ...closing, ring: 'ringing', activate: 'active' },
  ringing: { ...closing, activate: 'active' },
  active: { ...closing, hold: 'held', transfer: 'transferring' },
  held: { ...closing, resume: 'active' },
  transferring: { ...closing, bridge: 'bridged', 'transfer-failed': 'active' },
  bridged: closing,
  ending: { finish: 'ended', fail: 'failed' },
  ended: {},
  failed: {},
}

/** The next state, or undefined when the input is illegal in this one. */
export function transitionCall(state: CallState, input: CallInput): CallState | undefined {
  return table[state][input]
}

/** What an event does to the call's state; undefined for events that do nothing to it. */
export function toCallInput(event: CallEvent): CallInput | undefined {
  switch (event.type) {
    case 'call-ringing':
      return 'ring'
    case 'call-active':
      return 'activate'
    case 'call-held':
      return 'hold'
    case 'call-resumed':
      return 'resume'
    case 'call-transferring':
      return 'transfer'
    case 'transfer-failed':
      return 'transfer-failed'
    case 'call-bridged':
      return 'bridge'
    case 'call-ending':
      return 'end'
    case 'call-ended':
      return endReasons[event.reason].isFailure ? 'fail' : 'finish'
    default:
      return undefined
  }
}

export function isOver(state: CallState): boolean {
  return state === 'ended' || state === 'failed'
}

import type { CallAction } from '@trunkline/contracts'

/** The protocol of the call channel with which each kind of action came. */
const since: Readonly<Record<CallAction['kind'], number>> = {
  ...{ hangup: 1, mute: 1, unmute: 1, expect: 1 },
  ...{ hold: 2, unhold: 2, transfer: 2, 'send-dtmf': 2, 'set-language': 2 },
  ...{ whisper: 2, 'take-over': 2 },
  ...{ consult: 3, brief: 3, bridge: 3 },
}

/** False for what an agent of that protocol would not understand, nor acknowledge. */
export function isKnownAction(kind: CallAction['kind'], protocol: number): boolean {
  return since[kind] <= protocol
}

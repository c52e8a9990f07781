import type { SIPDispatchRuleInfo } from 'livekit-server-sdk'
import type { Calling } from './match-trunk.ts'

/** The room a rule sends a call to; `random` gives twelve letters and digits. */
export function roomNameOf(
  { rule }: SIPDispatchRuleInfo,
  { calling, random }: { calling: Calling; random: () => string },
): string {
  const choice = rule?.rule
  switch (choice?.case) {
    case 'dispatchRuleDirect':
      return choice.value.roomName
    case 'dispatchRuleIndividual': {
      const { roomPrefix, noRandomness } = choice.value
      return join(roomPrefix, calling.caller, noRandomness ? '' : random())
    }
    case 'dispatchRuleCallee': {
      const { roomPrefix, randomize } = choice.value
      return join(roomPrefix, calling.called, randomize ? random() : '')
    }
    default:
      return join(calling.called, random())
  }
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('_')
}

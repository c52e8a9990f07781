import type { CallEvent, TurnPhase } from '@trunkline/contracts'

export type { TurnPhase } from '@trunkline/contracts'

export type TurnInput =
  | 'caller-speaks'
  | 'turn'
  | 'agent-speaks'
  | 'agent-done'
  | 'interrupt'
  | 'nothing-to-say'
  | 'agent-gone'

const table: Readonly<Record<TurnPhase, Readonly<Partial<Record<TurnInput, TurnPhase>>>>> = {
  idle: {
    'caller-speaks': 'listening',
    turn: 'processing',
    'agent-speaks': 'speaking',
    'agent-gone': 'idle',
  },
  listening: {
    'caller-speaks': 'listening',
    turn: 'processing',
    'agent-speaks': 'speaking',
    'agent-done': 'listening',
    'agent-gone': 'listening',
  },
  // `agent-done` here is the report on an older turn, which the caller has already talked over.
  processing: {
    'caller-speaks': 'processing',
    turn: 'processing',
    'agent-speaks': 'speaking',
    'agent-done': 'processing',
    interrupt: 'listening',
    'nothing-to-say': 'listening',
    'agent-gone': 'processing',
  },
  // A caller's sound alone interrupts nothing: the agent decides, and says so by `cancel`.
  speaking: {
    'caller-speaks': 'speaking',
    turn: 'processing',
    'agent-speaks': 'speaking',
    'agent-done': 'listening',
    interrupt: 'interrupted',
    'agent-gone': 'listening',
  },
  interrupted: {
    'caller-speaks': 'listening',
    turn: 'processing',
    'agent-speaks': 'speaking',
    'agent-done': 'listening',
    'agent-gone': 'listening',
  },
}

/** The next phase, or undefined when the input is illegal in this one. */
export function transitionTurn(phase: TurnPhase, input: TurnInput): TurnPhase | undefined {
  return table[phase][input]
}

/**
 * What an event does to the phase. `said` is whether the turn of the event has had a sentence sent: one that
 * finishes without any leaves nothing to wait for.
 */
export function toTurnInput(event: CallEvent, { said }: { said: boolean }): TurnInput | undefined {
  switch (event.type) {
    case 'speech-start':
      return 'caller-speaks'
    case 'turn-received':
    case 'turn-resumed':
      return 'turn'
    case 'job-linked':
      return 'agent-gone' // the job before it, if there was one: this one has said nothing yet
    case 'say-started':
      return 'agent-speaks'
    case 'heard':
      return 'agent-done'
    case 'turn-cancelled':
      return 'interrupt'
    case 'turn-finished':
      return said ? undefined : 'nothing-to-say'
    default:
      return undefined
  }
}

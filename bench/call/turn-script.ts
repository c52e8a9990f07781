import type { Step } from '../../scripts/call/options.ts'
import { draftCall } from './script.ts'

export interface TurnScriptOptions {
  readonly index: number
  /** From 0 to 1. */
  readonly random: () => number
  readonly today: Date
}

/**
 * A question whose answer is fixed words, one that the model answers by itself, one for which it asks the hotel, a long
 * reply that is interrupted, and goodbye.
 */
export function draftTurns(options: TurnScriptOptions): readonly Step[] {
  // Every second draft of a call holds the interruption.
  const { steps } = draftCall({ ...options, index: 2 * options.index + 1 })
  return [
    { kind: 'say', text: 'Can you hear me?' },
    { kind: 'say', text: 'I would like to book a room, please.' },
    ...steps,
  ]
}

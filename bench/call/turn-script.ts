import type { Step } from '../../scripts/call/options.ts'
import { draftCall } from './script.ts'

export interface TurnScriptOptions {
  readonly index: number
  /** From 0 to 1. */
  readonly random: () => number
  readonly today: Date
}

/**
 * A question whose answer nobody has had before, one whose answer is always the same, asked twice, a long reply that
 * is interrupted, and goodbye.
 */
export function draftTurns(options: TurnScriptOptions): readonly Step[] {
  const question = 'What time is breakfast?'
  // Every second draft of a call holds the interruption.
  const { steps } = draftCall({ ...options, index: 2 * options.index + 1 })
  const [ask, ...rest] = steps
  return [
    { kind: 'say', text: question },
    { kind: 'say', text: question },
    ...(ask ? [ask] : []),
    ...rest,
  ]
}

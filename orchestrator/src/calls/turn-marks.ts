import { createMarks, type Marks } from '@trunkline/telemetry'

/**
 * Moments of a turn that are known here.
 * - `turn-received`, `confirm-received`: the agent's messages; the second only of a speculative turn
 * - `asked`: the dialogue has begun with it
 * - `first-token`, `first-clause`: of its reply
 * - `say-sent`: the first sentence is stored and on the channel
 */
export type OwnMark =
  | 'turn-received'
  | 'confirm-received'
  | 'asked'
  | 'first-token'
  | 'first-clause'
  | 'say-sent'

/** Who knows of a moment marks it: `marks.mark(turnId, 'asked')`. */
export type TurnMarks = Marks<OwnMark>

/** What was asked again, of a turn that was begun anew with other words, counts from then. */
export function createTurnMarks({ now }: { now: () => number }): TurnMarks {
  return createMarks<OwnMark>({ now, lastCounts: ['asked'] })
}

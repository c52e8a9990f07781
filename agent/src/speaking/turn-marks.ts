import type { TurnMark } from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import { createMarks, type Marks } from '@trunkline/telemetry'

/** Who knows of a moment of a turn marks it: `marks.mark(turnId, 'endpoint-decided')`. */
export type TurnMarks = Marks<TurnMark>

/** Of the end of speech and of the final the last one counts: a caller may go on after a guess. */
export function createTurnMarks(): TurnMarks {
  return createMarks<TurnMark>({ now: epochNow, lastCounts: ['speech-ended', 'final-received'] })
}

import { epochNow } from '@trunkline/runtime'

/**
 * Moments of one turn, in the order in which a plain turn has them; a turn that is sent before it is decided has
 * them in another.
 * - `speech-ended`: the caller's last voiced sample
 * - `endpoint-decided`: turn-taking took the turn for over
 * - `final-received`: the recogniser's last final of it
 * - `turn-sent`, `turn-confirmed`: handed to the channel; the second only of a speculative turn
 * - `say-received`: the first sentence of its reply
 * - `first-pcm`: that sentence's first audio from the tts-router, or from disk
 * - `first-frame`: its first frame was given to the room
 */
export type TurnMark =
  | 'speech-ended'
  | 'endpoint-decided'
  | 'final-received'
  | 'turn-sent'
  | 'turn-confirmed'
  | 'say-received'
  | 'first-pcm'
  | 'first-frame'

export type MarkedTimes = Readonly<Partial<Record<TurnMark, number>>>

/** When what happened in a turn, on this process' own clock. Bounded: old turns are forgotten. */
export interface TurnMarks {
  /**
   * `at`: epoch milliseconds by `epochNow()`, now by default. The first mark of a kind counts; of `speech-ended`
   * and `final-received` the last, since a caller may go on after a guess.
   */
  mark(turnId: string, mark: TurnMark, at?: number): void
  of(turnId: string): MarkedTimes
}

const rememberedTurns = 32
const lastCounts: ReadonlySet<TurnMark> = new Set(['speech-ended', 'final-received'])

export function createTurnMarks({ now = epochNow }: { now?: () => number } = {}): TurnMarks {
  const turns = new Map<string, MarkedTimes>()
  return {
    mark(turnId, mark, at = now()) {
      const known = turns.get(turnId) ?? {}
      if (known[mark] !== undefined && !lastCounts.has(mark)) return
      turns.set(turnId, { ...known, [mark]: at })
      const [oldest] = turns.keys()
      if (turns.size > rememberedTurns && oldest !== undefined) turns.delete(oldest)
    },
    of: (turnId) => turns.get(turnId) ?? {},
  }
}

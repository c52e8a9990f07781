/** When what happened in the turns of a call, epoch milliseconds of this process' own clock. */
export interface Marks<Mark extends string> {
  /** The first mark of a kind counts; of those in `lastCounts` the last. `at` is now by default. */
  mark(turnId: string, mark: Mark, at?: number): void
  of(turnId: string): Readonly<Partial<Record<Mark, number>>>
}

export interface MarksOptions<Mark extends string> {
  readonly now: () => number
  readonly lastCounts?: readonly Mark[]
}

const rememberedTurns = 32

/** Bounded: of old turns nothing is known any more. */
export function createMarks<Mark extends string>({
  now,
  lastCounts = [],
}: MarksOptions<Mark>): Marks<Mark> {
  const none: Partial<Record<Mark, number>> = {}
  const turns = new Map<string, Readonly<Partial<Record<Mark, number>>>>()
  return {
    mark(turnId, mark, at = now()) {
      const known = turns.get(turnId)
      if (known?.[mark] !== undefined && !lastCounts.includes(mark)) return
      turns.set(turnId, { ...known, ...toRecord(mark, at) })
      const [oldest] = turns.keys()
      if (turns.size > rememberedTurns && oldest !== undefined) turns.delete(oldest)
    },
    of: (turnId) => turns.get(turnId) ?? none,
  }
}

function toRecord<Mark extends string>(mark: Mark, at: number): Partial<Record<Mark, number>> {
  const record: Partial<Record<Mark, number>> = {}
  record[mark] = at
  return record
}

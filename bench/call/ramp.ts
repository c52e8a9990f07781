import { quantile } from '../report/statistics.ts'

/** What calls that went on at the same time measured. */
export interface Level {
  /** Calls at a time. */
  readonly calls: number
  /** Caller stops → first reply sample, of all their turns. */
  readonly gapsMs: readonly number[]
  readonly failures: number
}

export interface RampEnd {
  /** The most calls at which P95 was within a tenth of that of one call, with none failed. */
  readonly held: number
  readonly why: 'slower' | 'failed' | 'all held'
}

/** The rounds of each number of calls together, in the order of `counts`; those that were not done are left out. */
export function toLevels(rounds: readonly Level[], counts: readonly number[]): readonly Level[] {
  return counts.flatMap((calls) => {
    const own = rounds.filter((round) => round.calls === calls)
    if (own.length === 0) return []
    const failures = own.reduce((sum, round) => sum + round.failures, 0)
    return [{ calls, gapsMs: own.flatMap(({ gapsMs }) => gapsMs), failures }]
  })
}

/** How much P95 may move. */
const allowed = 1.1

export function p95Of({ gapsMs }: Level): number {
  return quantile(
    gapsMs.toSorted((a, b) => a - b),
    0.95,
  )
}

/** Where concurrent calls began to be served worse; `levels` in order, the first of single calls. */
export function judgeRamp(levels: readonly Level[]): RampEnd {
  const [first, ...more] = levels
  if (!first || first.failures > 0) return { held: 0, why: 'failed' }
  let held = first.calls
  for (const level of more) {
    if (level.failures > 0) return { held, why: 'failed' }
    if (p95Of(level) > allowed * p95Of(first)) return { held, why: 'slower' }
    held = level.calls
  }
  return { held, why: 'all held' }
}

import type { Figures } from './figures.ts'
import type { Leftover } from './leftovers.ts'
import type { MemoryReport } from './memory.ts'

/** What issue 3 wants reached. */
const goals = {
  greetingBeyondBareMs: 150,
  restP50Ms: 150,
  restP95Ms: 220,
  slopeKbPerCall: 50,
} as const

export interface Verdict {
  readonly goal: string
  readonly measured: string
  readonly outcome: 'met' | 'missed' | 'not measured'
}

export interface Measured {
  readonly figures: Figures
  readonly leftovers: readonly Leftover[]
  readonly memory: MemoryReport
}

export function judge({ figures, leftovers, memory }: Measured): readonly Verdict[] {
  const { greetingBeyondBareMs, restP50Ms, restP95Ms, slopeKbPerCall } = goals
  return [
    atMost('first greeting sample beyond the bare worker’s, P50', {
      value: figures.greetingBeyondBareMs,
      limit: greetingBeyondBareMs,
      unit: 'ms',
    }),
    atMost('rest, P50', { value: figures.rest?.p50, limit: restP50Ms, unit: 'ms' }),
    atMost('rest, P95', { value: figures.rest?.p95, limit: restP95Ms, unit: 'ms' }),
    ...leftovers.map(({ name, count }) =>
      atMost(`${name} left`, { value: count, limit: 0, unit: '' }),
    ),
    ...memory.trends.map(({ name, slopeKbPerCall: slope }) =>
      atMost(`memory of ${name}`, {
        value: memory.isBeyondWarmUp ? slope : undefined,
        limit: slopeKbPerCall,
        unit: 'kB a call',
      }),
    ),
  ]
}

function atMost(
  name: string,
  { value, limit, unit }: { value: number | undefined; limit: number; unit: string },
): Verdict {
  const goal = `${name} ≤ ${limit} ${unit}`.trimEnd()
  if (value === undefined) return { goal, measured: '', outcome: 'not measured' }
  const measured = `${Math.round(value)} ${unit}`.trimEnd()
  return { goal, measured, outcome: value <= limit ? 'met' : 'missed' }
}

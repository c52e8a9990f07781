import { type Summary, summarize } from '../report/statistics.ts'
import { textTable } from '../report/text-table.ts'

/** One row of what the issue wants reached, in milliseconds. */
export interface WireRow {
  readonly name: string
  readonly values: readonly (number | undefined)[]
  /** P50 and P95 that are wanted; either may be left out. */
  readonly goal?: { readonly p50?: number; readonly p95?: number; readonly every?: number }
}

export interface JudgedRow {
  readonly name: string
  readonly summary: Summary | undefined
  readonly goal: WireRow['goal']
  readonly outcome: 'met' | 'missed' | 'not measured' | ''
}

export function judgeRow({ name, values, goal }: WireRow): JudgedRow {
  const summary = summarize(values)
  if (!goal) return { name, summary, goal, outcome: '' }
  if (!summary) return { name, summary, goal, outcome: 'not measured' }
  const { p50 = Infinity, p95 = Infinity, every = Infinity } = goal
  const isMet = summary.p50 <= p50 && summary.p95 <= p95 && summary.max <= every
  return { name, summary, goal, outcome: isMet ? 'met' : 'missed' }
}

export function describeRows(rows: readonly JudgedRow[]): string {
  const ms = (value: number | undefined) => (value === undefined ? '' : String(Math.round(value)))
  return textTable([
    ['ms', 'P50', 'P95', 'max', 'n', 'goal', ''],
    ...rows.map(({ name, summary, goal, outcome }) => [
      ...[name, ms(summary?.p50), ms(summary?.p95), ms(summary?.max)],
      ...[String(summary?.count ?? 0), describeGoal(goal), outcome],
    ]),
  ])
}

function describeGoal(goal: WireRow['goal']): string {
  if (!goal) return ''
  const { p50, p95, every } = goal
  if (every !== undefined) return `< ${every}`
  return [p50, p95].map((limit) => limit ?? '–').join(' / ')
}

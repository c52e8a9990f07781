import { textTable } from '../report/text-table.ts'
import type { Goal } from './goals.ts'
import type { LoadResult } from './measure-load.ts'
import type { RowResult } from './measure-row.ts'

export function describeLoads(loads: readonly LoadResult[]): string {
  const ms = (value: number | undefined) => value?.toFixed(2) ?? ''
  return textTable([
    [
      'turn → say less the model, ms',
      'calls',
      'P50',
      'P95',
      'max',
      'to model P95',
      'from it P95',
      'turns',
      'kB/call',
      'with garbage',
      'core',
      'bench late P95',
    ],
    ...loads.map((load) => {
      const { database, calls, own, toModel, fromModel, turns, memoryKbPerCall, busy } = load
      const { growthKbPerCall, benchLateP95Ms } = load
      return [
        ...[database, String(calls), ms(own?.p50), ms(own?.p95), ms(own?.max)],
        ...[ms(toModel?.p95), ms(fromModel?.p95)],
        ...[String(turns), memoryKbPerCall.toFixed(0), growthKbPerCall.toFixed(0)],
        ...[`${(busy * 100).toFixed(0)} %`, ms(benchLateP95Ms)],
      ]
    }),
  ])
}

export function describeRow(row: RowResult): string {
  const counts = (of: Readonly<Record<string, number>>) =>
    Object.entries(of)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ')
  return [
    `${row.calls} calls on ${row.database}, ${row.callsPerSecond.toFixed(0)} a second (${counts(row.endings)})`,
    `after 5 s: ${row.rooms} rooms, ${row.channels} channels, ${row.keysWithoutTtl} keys without TTL`,
    `ends per call: ${counts(row.ends)}; ${row.withoutReason} without a reason`,
    `memory, MB: ${row.memoryMb.join(' ')}; ${row.slopeKbPerCall?.toFixed(1) ?? '?'} kB a call in the second half`,
  ].join('\n')
}

export function describeGoals(goals: readonly Goal[]): string {
  return textTable([
    ['goal (issue 4)', 'measured', 'wanted', ''],
    ...goals.map(({ name, value, wanted, isMet }) => [
      ...[name, value, wanted],
      isMet ? 'met' : 'missed',
    ]),
  ])
}

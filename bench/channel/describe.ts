import { textTable } from '../call/text-table.ts'
import type { LoadResult } from './measure-load.ts'
import type { RowResult } from './measure-row.ts'

/** What issue 4 wants reached, in milliseconds at P95 by calls at a time. */
const goalsMs: Readonly<Record<number, number>> = { 10: 3, 500: 15 }
const memoryGoalKb = 150

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
      'core',
      '',
    ],
    ...loads.map(({ database, calls, own, toModel, fromModel, turns, memoryKbPerCall, busy }) => {
      const goal = goalsMs[calls]
      const isMet = goal === undefined || (own !== undefined && own.p95 <= goal)
      // 150 kB is judged where start-up costs do not hide it.
      const isSmall = calls < 100 || memoryKbPerCall <= memoryGoalKb
      return [
        ...[database, String(calls), ms(own?.p50), ms(own?.p95), ms(own?.max)],
        ...[ms(toModel?.p95), ms(fromModel?.p95)],
        ...[String(turns), memoryKbPerCall.toFixed(0), `${(busy * 100).toFixed(0)} %`],
        goal === undefined ? '' : isMet && isSmall ? 'met' : 'missed',
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

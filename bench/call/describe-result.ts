import { textTable } from '../report/text-table.ts'
import type { Figure } from './figures.ts'
import type { BenchResult } from './result.ts'

/** The tables of a run, for a terminal. */
export function describeResult(result: BenchResult): string {
  const { machine, commit, load, figures, leftovers, memory, verdicts, clearedMs } = result
  const { calls } = result
  const failed = calls.filter(({ failure }) => failure !== undefined)
  const unsettled = calls.filter(({ settled }) => !settled).length
  const window = memory.isBeyondWarmUp
    ? `calls ${memory.from + 1} and later`
    : `calls ${memory.from + 1} and later; fewer than 50, so warm-up may be in it`
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.memoryMb} MB, ${machine.os}, Node ${machine.node}`,
    `commit ${commit.id}${commit.dirty ? ' with changes' : ''}, load average ${load.before.join(' ')} before, ${load.after.join(' ')} after`,
    `${calls.length} calls, ${failed.length} failed${unsettled > 0 ? `, ${unsettled} begun on workers still busy` : ''}`,
    '',
    figureTable([
      ...figures.setup,
      ...figures.turns.filter(({ summary }) => summary),
      { name: 'barge-in onset → silence', summary: figures.bargeIn },
    ]),
    ...(figures.resumed > 0 ? [`speech came back after ${figures.resumed} barge-ins`] : []),
    ...(figures.missedInterruptions > 0
      ? [`${figures.missedInterruptions} interruptions met no speech`]
      : []),
    '',
    textTable([
      ['left after the last call', 'count', ''],
      ...leftovers.map(({ name, count, detail = '' }) => [
        name,
        String(count ?? 'unknown'),
        detail,
      ]),
    ]),
    clearedMs === undefined
      ? 'not all of it was gone in time'
      : `all of it was gone after ${(clearedMs / 1000).toFixed(0)} s`,
    '',
    textTable([
      [`memory, kB (slope over ${window})`, 'first', 'last', 'kB a call'],
      ...memory.trends.map(({ name, firstKb, lastKb, slopeKbPerCall }) => [
        name,
        String(firstKb),
        String(lastKb),
        slopeKbPerCall?.toFixed(1) ?? '',
      ]),
    ]),
    '',
    textTable([
      ['goal', 'measured', ''],
      ...verdicts.map(({ goal, measured, outcome }) => [goal, measured, outcome]),
    ]),
  ].join('\n')
}

function figureTable(figures: readonly Figure[]): string {
  const rounded = (value: number | undefined) =>
    value === undefined ? '' : String(Math.round(value))
  return textTable([
    ['ms', 'P50', 'P95', 'max', 'n'],
    ...figures.map(({ name, summary }) => [
      name,
      rounded(summary?.p50),
      rounded(summary?.p95),
      rounded(summary?.max),
      String(summary?.count ?? 0),
    ]),
  ])
}

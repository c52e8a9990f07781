import { summarize } from '../report/statistics.ts'
import { textTable } from '../report/text-table.ts'
import { type EndBatch, faultsOf } from './end-batch.ts'
import { endKinds } from './ended-call.ts'
import { trendMemory } from './memory.ts'

/** The tables of a run, for a terminal. */
export function describeEnds(batches: readonly EndBatch[]): string {
  const count = (of: (batch: EndBatch) => number) =>
    batches.reduce((sum, batch) => sum + of(batch), 0)
  const clear = summarize(batches.map(({ clearMs }) => clearMs ?? undefined))
  const seconds = (ms: number | undefined) => (ms === undefined ? '–' : (ms / 1000).toFixed(1))
  const faults = batches.flatMap(faultsOf)
  const memory = trendMemory(batches.map((batch) => batch.memory))
  const reasons = new Map<string, number>()
  for (const batch of batches) {
    for (const [reason, times] of Object.entries(batch.reasons)) {
      reasons.set(reason, (reasons.get(reason) ?? 0) + times)
    }
  }
  return [
    textTable([
      ['ended by', 'calls'],
      ...endKinds.map((kind) => [
        kind,
        String(count(({ kinds }) => kinds.filter((one) => one === kind).length)),
      ]),
      ['came to where they were to end', String(count(({ reached }) => reached))],
    ]),
    '',
    textTable([
      ['end reason', 'calls'],
      ...[...reasons].map(([reason, times]) => [reason, String(times)]),
    ]),
    '',
    `nothing left after ${seconds(clear?.p50)} s (P50), ${seconds(clear?.max)} s at most; wanted: 5 s, one end reason each`,
    faults.length === 0 ? 'met' : `missed: ${[...new Set(faults)].join('; ')}`,
    '',
    textTable([
      ['memory, kB (slope a batch)', 'first', 'last', 'slope'],
      ...memory.trends.map(({ name, firstKb, lastKb, slopeKbPerCall }) => [
        ...[name, String(firstKb), String(lastKb), slopeKbPerCall?.toFixed(1) ?? ''],
      ]),
    ]),
  ].join('\n')
}

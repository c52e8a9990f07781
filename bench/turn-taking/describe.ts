import { textTable } from '../report/text-table.ts'
import type { CurvePoint, Figures, OverRow } from './figures.ts'
import { type Goal, percent } from './goals.ts'

export function describeFigures(figures: Figures): string {
  const { curves, byTopic, byLanguage, speculations, over, overByLanguage, overMisheard } = figures
  return [
    'Pauses inside turns that were taken for the end. Set: silence of a sure decision. Decided: from the last sample.',
    describeCurves(curves),
    'The same, with words that the recogniser gets wrong',
    textTable([
      ['', ...pointHead],
      ...curves.oursMisheard.map(({ wordErrorRate, point }) => [
        `${percent(wordErrorRate)} of words wrong, set to ${point.delayMs} ms`,
        ...toCells(point),
      ]),
    ]),
    'By what was said, and by language, as shipped',
    textTable([
      ['', ...pointHead],
      ...[...byTopic, ...byLanguage].map(({ name, point }) => [name, ...toCells(point)]),
    ]),
    describeSpeculations(speculations),
    'Sounds over our own voice, 300 ms and more of them; milliseconds',
    textTable([
      ['', ...overHead],
      ...over.map((row) => [row.kind, ...toOverCells(row)]),
      ...overByLanguage.flatMap(({ name, notMeant, meant }) => [
        [`${name}, not meant`, ...toOverCells(notMeant)],
        [`${name}, meant`, ...toOverCells(meant)],
      ]),
      ...overMisheard.flatMap(({ wordErrorRate, notMeant, meant }) => [
        [`not meant, ${percent(wordErrorRate)} of words wrong`, ...toOverCells(notMeant)],
        [`meant, ${percent(wordErrorRate)} of words wrong`, ...toOverCells(meant)],
      ]),
    ]),
  ].join('\n\n')
}

function describeSpeculations(speculations: Figures['speculations']): string {
  const { begun, confirmed, dropped, superseded, gainedMs } = speculations
  return [
    `Sent before they were certain: ${begun} turns, ${confirmed} of them confirmed`,
    `(${ms(gainedMs?.p50)} ms later at P50, ${ms(gainedMs?.p95)} at P95), ${dropped} dropped, ${superseded} superseded;`,
    `wasted ${begun === 0 ? '' : percent((dropped + superseded) / begun)}`,
  ].join(' ')
}

function describeCurves({ ours, model, vad }: Figures['curves']): string {
  const rows = (name: string, points: readonly CurvePoint[]) =>
    points.map((point) => [`${name}, set to ${point.delayMs} ms`, ...toCells(point)])
  return textTable([
    ['', ...pointHead],
    ...rows('ours', ours),
    ...rows('v1-mini alone', model),
    ...rows('VAD alone', vad),
  ])
}

const pointHead = ['pauses', 'cut off', 'turns', 'decided P50', 'P95', 'mean', 'never']

function toCells({ pauses, cutOffs, turns, decided, meanDecidedMs, undecided }: CurvePoint) {
  return [
    ...[String(pauses), pauses === 0 ? '' : percent(cutOffs / pauses), String(turns)],
    ...[ms(decided?.p50), ms(decided?.p95), ms(meanDecidedMs), String(undecided)],
  ]
}

const overHead = [
  'cases',
  'ducked',
  'stopped',
  'share',
  'duck P50',
  'P95',
  'stop P50',
  'P95',
  'on P95',
  '≤ 400',
]

function toOverCells(row: OverRow): string[] {
  const { cases, ducked, stopped, duckedMs, stoppedMs, resumedMs, resumed, resumedInTime } = row
  return [
    ...[
      String(cases),
      String(ducked),
      String(stopped),
      cases === 0 ? '' : percent(stopped / cases),
    ],
    ...[ms(duckedMs?.p50), ms(duckedMs?.p95), ms(stoppedMs?.p50), ms(stoppedMs?.p95)],
    ...[ms(resumedMs?.p95), resumed === 0 ? '' : percent(resumedInTime / resumed)],
  ]
}

export function describeGoals(goals: readonly Goal[]): string {
  return textTable([
    ['goal (issue 5)', 'measured', 'wanted', ''],
    ...goals.map(({ name, value, wanted, isMet }) => [
      name,
      value,
      wanted,
      isMet ? 'met' : 'missed',
    ]),
  ])
}

function ms(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(0)
}

import { describeRows, type JudgedRow, judgeRow } from '../call/wire-row.ts'
import { textTable } from '../report/text-table.ts'
import { percent } from '../turn-taking/goals.ts'
import type { CaseOutcome } from './outcome.ts'
import type { CaseKind } from './wire-cases.ts'

/** A share of cases beside what is wanted of it. */
export interface ShareRow {
  readonly name: string
  readonly count: number
  readonly of: number
  readonly wanted: string
  readonly outcome: 'met' | 'missed' | 'not measured'
}

export interface OverlapRows {
  readonly shares: readonly ShareRow[]
  readonly times: readonly JudgedRow[]
  readonly failed: number
}

const resumeGoalMs = 400
const goals = { stops: 0.02, interruptions: 0.98, cutOffs: 0.14 } as const

export function toOverlapRows(outcomes: readonly CaseOutcome[]): OverlapRows {
  const over = (kind: CaseKind) =>
    outcomes.flatMap((outcome) => (outcome.kind === kind && outcome.over) || [])
  const [notMeant, meant] = [over('backchannel'), over('interruption')]
  const resumed = notMeant.flatMap(({ resumedMs }) => resumedMs ?? [])
  const pauses = outcomes.flatMap((outcome) => outcome.pauses ?? [])
  return {
    shares: [
      toShare('stops by backchannels', {
        ...{ count: notMeant.filter(({ isStopped }) => isStopped).length, of: notMeant.length },
        most: goals.stops,
      }),
      toShare('  of these, understood', toUnderstood(notMeant)),
      toShare('of those that went down, voice on within 400 ms of the sound’s end', {
        ...{ count: resumed.filter((ms) => ms <= resumeGoalMs).length, of: resumed.length },
        least: 0.95,
      }),
      toShare('stops by interruptions', {
        ...{ count: meant.filter(({ isStopped }) => isStopped).length, of: meant.length },
        least: goals.interruptions,
      }),
      toShare('  of these, understood', toUnderstood(meant)),
      toShare('pauses cut off, line as shipped', {
        ...{ count: pauses.filter(({ isCut }) => isCut).length, of: pauses.length },
        most: goals.cutOffs,
      }),
      toShare('  of these, the agent heard before the caller had ended', {
        ...{ count: pauses.filter(({ isSpokenOver }) => isSpokenOver).length, of: pauses.length },
      }),
    ],
    times: [
      {
        name: 'interruption’s onset → silence (20 dB)',
        values: meant.map(({ quietMs }) => quietMs),
        goal: { p50: 300, p95: 380 },
      },
      { name: 'backchannel’s end → voice on', values: resumed },
      { name: 'turn’s end → committed', values: outcomes.map(({ decidedMs }) => decidedMs) },
    ].map(judgeRow),
    failed: outcomes.filter(({ failure }) => failure !== undefined).length,
  }
}

/** Where the recogniser's words were the caller's. */
function toUnderstood(over: readonly NonNullable<CaseOutcome['over']>[]) {
  const understood = over.filter(({ isUnderstood }) => isUnderstood)
  return { count: understood.filter(({ isStopped }) => isStopped).length, of: understood.length }
}

function toShare(
  name: string,
  { count, of, least, most }: { count: number; of: number; least?: number; most?: number },
): ShareRow {
  const wanted =
    most !== undefined ? `≤ ${percent(most)}` : least !== undefined ? `≥ ${percent(least)}` : ''
  if (of === 0) return { name, count, of, wanted, outcome: 'not measured' }
  const share = count / of
  const isMet = share <= (most ?? 1) && share >= (least ?? 0)
  return { name, count, of, wanted, outcome: isMet ? 'met' : 'missed' }
}

export function describeOverlaps({ shares, times, failed }: OverlapRows): string {
  return [
    textTable([
      ['on the wire', 'count', 'of', '', 'wanted', ''],
      ...shares.map(({ name, count, of, wanted, outcome }) => [
        ...[name, String(count), String(of), of === 0 ? '' : percent(count / of), wanted],
        wanted === '' ? '' : outcome,
      ]),
    ]),
    '',
    describeRows(times),
    ...(failed > 0 ? ['', `${failed} cases could not be measured`] : []),
  ].join('\n')
}

import type { CurvePoint, Figures } from './figures.ts'

/** One figure beside what issue 5 wants of it. */
export interface Goal {
  readonly name: string
  readonly value: string
  readonly wanted: string
  readonly isMet: boolean
}

const cutOffGoals = [
  { delayMs: 300, mostShare: 0.14 },
  { delayMs: 600, mostShare: 0.05 },
]
const mostStops = 0.02
const leastStops = 0.98
const leastResumedInTime = 0.95

export function toGoals({ curves, overMisheard }: Figures): Goal[] {
  const [asSpoken] = overMisheard
  return [
    ...cutOffGoals.flatMap(({ delayMs, mostShare }) => {
      const point = curves.ours.find((one) => one.delayMs === delayMs)
      return point ? [cutOffGoal(point, mostShare)] : []
    }),
    ...cutOffGoals.map(({ delayMs, mostShare }) => medianGoal(curves.ours, delayMs, mostShare)),
    ...(asSpoken
      ? [
          shareGoal('stops by backchannels, noise and echo', {
            ...asSpoken.notMeant,
            ...{ count: asSpoken.notMeant.stopped, of: asSpoken.notMeant.cases, most: mostStops },
          }),
          shareGoal('of these, voice on within 400 ms', {
            ...{ count: asSpoken.notMeant.resumedInTime, of: asSpoken.notMeant.resumed },
            least: leastResumedInTime,
          }),
          shareGoal('stops by what was meant', {
            ...{ count: asSpoken.meant.stopped, of: asSpoken.meant.cases, least: leastStops },
          }),
        ]
      : []),
  ]
}

function cutOffGoal(point: CurvePoint, mostShare: number): Goal {
  const share = point.cutOffs / point.pauses
  return {
    name: `pauses cut off, line set to ${point.delayMs} ms`,
    value: `${percent(share)} (decided ${Math.round(point.decided?.p50 ?? 0)} ms after the end, P50)`,
    wanted: `≤ ${percent(mostShare)}`,
    isMet: share <= mostShare,
  }
}

/** The stricter reading of "at a 300 ms decision": half of all turns are decided that soon after their last sample. */
function medianGoal(curve: readonly CurvePoint[], delayMs: number, mostShare: number): Goal {
  const quick = curve
    .filter(({ decided }) => decided !== undefined && decided.p50 <= delayMs)
    .at(-1)
  return {
    name: `pauses cut off, decided within ${delayMs} ms at P50`,
    value: quick
      ? `${percent(quick.cutOffs / quick.pauses)} (line set to ${quick.delayMs} ms)`
      : 'no point of the curve',
    wanted: `≤ ${percent(mostShare)}`,
    isMet: quick !== undefined && quick.cutOffs / quick.pauses <= mostShare,
  }
}

function shareGoal(
  name: string,
  { count, of, least, most }: { count: number; of: number; least?: number; most?: number },
): Goal {
  const share = of === 0 ? Number.NaN : count / of
  return {
    name,
    value: `${percent(share)} (${count} of ${of})`,
    wanted: most === undefined ? `≥ ${percent(least ?? 1)}` : `≤ ${percent(most)}`,
    isMet: most === undefined ? share >= (least ?? 1) : share <= most,
  }
}

export function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

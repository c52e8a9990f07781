/** P50, P95 and maximum of some measurements. */
export interface Summary {
  readonly count: number
  readonly p50: number
  readonly p95: number
  readonly max: number
}

/** Undefined when nothing was measured: no figure is better than a zero. */
export function summarize(values: readonly (number | undefined)[]): Summary | undefined {
  const sorted = values
    .filter((value) => value !== undefined)
    .filter(Number.isFinite)
    .toSorted((a, b) => a - b)
  const max = sorted.at(-1)
  if (max === undefined) return undefined
  return { count: sorted.length, p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), max }
}

/** Linear between the two nearest ranks; `sorted` is ascending and not empty. */
export function quantile(sorted: readonly number[], share: number): number {
  const rank = (sorted.length - 1) * share
  const low = sorted[Math.floor(rank)] ?? Number.NaN
  const high = sorted[Math.ceil(rank)] ?? low
  return low + (high - low) * (rank - Math.floor(rank))
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** Slope of the least-squares line; undefined with fewer than two different x. */
export function slope(points: readonly Point[]): number | undefined {
  const meanX = mean(points.map(({ x }) => x))
  const meanY = mean(points.map(({ y }) => y))
  const spread = sum(points.map(({ x }) => (x - meanX) ** 2))
  if (!(spread > 0)) return undefined
  return sum(points.map(({ x, y }) => (x - meanX) * (y - meanY))) / spread
}

/** Which samples a slope is taken over. */
export type SlopeWindow = { readonly from: number; readonly isBeyondWarmUp: boolean }

const warmUpCalls = 20
const judgedCalls = 30

/**
 * The last 30 of 50 calls or more. Of fewer, those after the first 20 where ten are left, else all of them, which
 * then hold the warm-up of caches and compilers and are no verdict.
 */
export function slopeWindow(calls: number): SlopeWindow {
  if (calls >= warmUpCalls + judgedCalls) return { from: calls - judgedCalls, isBeyondWarmUp: true }
  if (calls >= warmUpCalls + 10) return { from: warmUpCalls, isBeyondWarmUp: false }
  return { from: 0, isBeyondWarmUp: false }
}

function mean(values: readonly number[]): number {
  return sum(values) / values.length
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

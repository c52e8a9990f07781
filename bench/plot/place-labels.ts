import type { Moment } from './plot-data.ts'

export interface PlacedLabel extends Moment {
  /** Row from the top, 0 the first. */
  readonly row: number
  /** The text ends at its moment, as there is no place behind it. */
  readonly isBefore: boolean
}

export interface LabelPlace {
  readonly x: (ms: number) => number
  /** Right end of the plot. */
  readonly right: number
}

const characterWidth = 6.4
const padding = 14

/** Gives every label the first row in which no earlier one is in its way: none covers another. */
export function placeLabels(
  moments: readonly Moment[],
  { x, right }: LabelPlace,
): readonly PlacedLabel[] {
  const taken: { readonly row: number; readonly from: number; readonly to: number }[] = []
  return moments.map((moment) => {
    const width = moment.label.length * characterWidth + padding
    const at = x(moment.atMs)
    const isBefore = at + width > right
    const [from, to] = isBefore ? [at - width, at] : [at, at + width]
    let row = 0
    while (taken.some((other) => other.row === row && other.from < to && other.to > from)) row += 1
    taken.push({ row, from, to })
    return { ...moment, row, isBefore }
  })
}

import type { LoadResult } from './measure-load.ts'
import type { RowResult } from './measure-row.ts'

/** What issue 4 wants reached: milliseconds at P95, by calls at a time. */
const p95GoalsMs: Readonly<Record<number, number>> = { 10: 3, 500: 15 }
const memoryGoalKb = 150
/** With fewer calls what one adds is lost in what the process does by itself. */
const callsForMemory = 100
/** 10 MB over the second half of 20,000 calls: no more than chance moves, and far less than a call holds. */
const levelKbPerCall = 1
/** A shorter row says nothing of it. */
const callsForLevel = 10_000

/** One figure beside what it has to reach. */
export interface Goal {
  readonly name: string
  readonly value: string
  readonly wanted: string
  readonly isMet: boolean
}

export function toLoadGoals({ database, calls, own, memoryKbPerCall }: LoadResult): Goal[] {
  const p95 = p95GoalsMs[calls]
  return [
    ...(p95 === undefined
      ? []
      : [
          {
            name: `${database}, ${calls} calls: turn → say, P95`,
            value: own === undefined ? 'no turns' : `${own.p95.toFixed(2)} ms`,
            wanted: `≤ ${p95} ms`,
            isMet: own !== undefined && own.p95 <= p95,
          },
        ]),
    ...(calls < callsForMemory
      ? []
      : [
          {
            name: `${database}, ${calls} calls: memory a call`,
            value: `${memoryKbPerCall.toFixed(0)} kB`,
            wanted: `≤ ${memoryGoalKb} kB`,
            isMet: memoryKbPerCall <= memoryGoalKb,
          },
        ]),
  ]
}

export function toRowGoals(row: RowResult): Goal[] {
  const { database, calls, rooms, channels, keysWithoutTtl, ends, withoutReason } = row
  const { slopeKbPerCall } = row
  const otherEnds = Object.entries(ends).reduce((sum, [n, of]) => sum + (n === '1' ? 0 : of), 0)
  const left = rooms + channels + keysWithoutTtl + otherEnds + withoutReason
  return [
    {
      name: `${database}, ${calls} calls one after the other: left after 5 s`,
      value: `${left}`,
      wanted: '0',
      isMet: left === 0 && ends['1'] === calls,
    },
    ...(calls < callsForLevel || slopeKbPerCall === undefined
      ? []
      : [
          {
            name: `${database}, ${calls} calls one after the other: growth in the second half`,
            value: `${slopeKbPerCall.toFixed(2)} kB a call`,
            wanted: `≤ ${levelKbPerCall} kB`,
            isMet: slopeKbPerCall <= levelKbPerCall,
          },
        ]),
  ]
}

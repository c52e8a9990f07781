import { type Day, isDay, toDay } from '../understand/day.ts'

const words = /\b(today|heute|aujourd'hui|hoy|oggi|current date|date)\b|आज/giu

/** The day the system message calls today ("Today is Saturday, 2026-11-21"); else that of the clock. */
export function readToday(system: string, now: Date): Day {
  let found: Day | undefined
  for (const { index } of system.matchAll(words)) {
    const day = /\d{4}-\d{2}-\d{2}/.exec(system.slice(index, index + 80))?.[0]
    if (isDay(day)) found = day
  }
  return found ?? toDay(now.getFullYear(), now.getMonth() + 1, now.getDate())
}

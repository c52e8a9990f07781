/** A calendar day as "YYYY-MM-DD"; compares as text. */
export type Day = string

const dayMs = 86_400_000

export function toDay(year: number, month: number, day: number): Day {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10)
}

export function isDay(text: unknown): text is Day {
  return typeof text === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at(text))
}

function at(day: Day): number {
  return Date.parse(`${day}T00:00:00Z`)
}

export function addDays(day: Day, count: number): Day {
  return new Date(at(day) + count * dayMs).toISOString().slice(0, 10)
}

export function countNights(from: Day, until: Day): number {
  return Math.round((at(until) - at(from)) / dayMs)
}

/** `month` from 1, `weekday` from 0 for Sunday. */
export function toParts(day: Day): { year: number; month: number; day: number; weekday: number } {
  const date = new Date(at(day))
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
  }
}

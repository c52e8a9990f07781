import { type Line, type Weekday, weekday } from '@trunkline/contracts'
import { toLocalMinute } from '../local-time.ts'

/** The line's own clock and hours at one moment. Times are "HH:MM" of the line's time zone. */
export interface OpeningState {
  readonly weekday: Weekday
  /** YYYY-MM-DD */
  readonly date: string
  readonly time: string
  /** Undefined when the line has no hours. */
  readonly isOpen: boolean | undefined
  /** Hours that begin today; none when it stays closed. */
  readonly today: { readonly open: string; readonly close: string } | undefined
  readonly isQuiet: boolean
}

type Hours = NonNullable<Line['hours']>

/**
 * Whether a line is open. Hours that end after midnight belong to the day on which they begin; the time zone's own
 * calendar and clock count, also on the days on which the clock is changed.
 */
export function toOpeningState(
  { timeZone, hours, quietHours }: Pick<Line, 'timeZone' | 'hours' | 'quietHours'>,
  now: number,
): OpeningState {
  const local = readLocal(now, timeZone)
  const { date, time } = local
  const isQuiet = quietHours !== undefined && isWithin(time, quietHours.from, quietHours.to)
  if (!hours) return { ...local, isOpen: undefined, today: undefined, isQuiet }
  const today = hoursOn(hours, date)
  const yesterday = hoursOn(hours, dayBefore(date))
  const isOpenSinceToday =
    today !== undefined && time >= today.open && (time < today.close || crosses(today))
  const isOpenSinceYesterday =
    yesterday !== undefined && crosses(yesterday) && time < yesterday.close
  return { ...local, isOpen: isOpenSinceToday || isOpenSinceYesterday, today, isQuiet }
}

/** "HH:MM" sorts as the times do. */
function isWithin(time: string, from: string, to: string): boolean {
  return from < to ? time >= from && time < to : time >= from || time < to
}

function crosses({ open, close }: { open: string; close: string }): boolean {
  return close <= open
}

function hoursOn(hours: Hours, date: string): OpeningState['today'] {
  if (hours.closedDates.includes(date)) return undefined
  const ofDay = hours.days[weekdayOf(date)]
  if (ofDay === 'closed') return undefined
  const { open, close } = ofDay ?? hours
  return { open, close }
}

function readLocal(now: number, timeZone: string) {
  const [date = '', time = ''] = toLocalMinute(now, timeZone).split(' ')
  return { date, time, weekday: weekdayOf(date) }
}

function weekdayOf(date: string): Weekday {
  const sundayFirst = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday.options[(sundayFirst + 6) % 7] ?? 'monday'
}

function dayBefore(date: string): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

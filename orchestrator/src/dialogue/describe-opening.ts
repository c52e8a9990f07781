import type { Line } from '@trunkline/contracts'
import { toOpeningState } from './opening-state.ts'

/** Minutes by which the time is rounded down: a prompt that changes every minute would never be in a model's cache. */
const stepMinutes = 5

/** The line's date, time and hours in words, for the model. */
export function describeOpening(
  line: Pick<Line, 'timeZone' | 'hours' | 'quietHours'>,
  now: number,
): string {
  const { weekday, date, time, isOpen, today, isQuiet } = toOpeningState(line, now)
  const { hours, quietHours } = line
  const day = `${weekday.slice(0, 1).toUpperCase()}${weekday.slice(1)}`
  return [
    ...(hours === undefined ? [] : [describeWeek(hours)]),
    ...(quietHours === undefined
      ? []
      : [
          `Quiet hours are ${quietHours.from} to ${quietHours.to}: guests sleep, so do not offer what would disturb them.`,
        ]),
    `Today is ${day}, ${date}. It is about ${roundDown(time)}.`,
    ...(isOpen === undefined
      ? []
      : [
          `The front desk is ${isOpen ? 'open' : 'closed'} now; today it is ${
            today === undefined ? 'not open' : `open from ${today.open} to ${today.close}`
          }.`,
        ]),
    ...(isQuiet ? ['These are the quiet hours.'] : []),
  ].join(' ')
}

function describeWeek({ open, close, days, closedDates }: NonNullable<Line['hours']>): string {
  const exceptions = Object.entries(days).map(([day, own]) =>
    own === 'closed' ? `closed on ${day}s` : `${own?.open} to ${own?.close} on ${day}s`,
  )
  const closed = closedDates.length === 0 ? [] : [`closed on ${closedDates.join(', ')}`]
  const more = [...exceptions, ...closed]
  return `People are at the front desk from ${open} to ${close}${more.length === 0 ? '' : `, but ${more.join(', ')}`}.`
}

function roundDown(time: string): string {
  const [hour = '', minute = ''] = time.split(':')
  const rounded = Math.floor(Number(minute) / stepMinutes) * stepMinutes
  return `${hour}:${String(rounded).padStart(2, '0')}`
}

/** The calendar day in a time zone, `YYYY-MM-DD`. */
export function toLocalDay(at: number, timeZone: string): string {
  // Swedish writes dates as ISO 8601 does.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(at)
}

const pattern = /^(\d{1,15})-(\d{1,10})$/

/** Before the first event of every stream. */
export const beforeFirst = '0-0'

export function isEventId(text: string): boolean {
  return text === '0' || pattern.test(text)
}

/**
 * The id after `last` at `now` (epoch ms) in Redis' own format. Minted here, so that writing an entry again
 * after a lost answer is refused by Redis instead of doubling it.
 */
export function nextEventId(last: string, now: number): string {
  const match = pattern.exec(last)
  const lastMs = Number(match?.[1] ?? 0)
  const ms = Math.floor(now)
  return ms > lastMs ? `${ms}-0` : `${lastMs}-${Number(match?.[2] ?? 0) + 1}`
}

const firstDelayMs = 5000
const longestDelayMs = 3_600_000

/**
 * How long to wait after the `attempt`th failure (from 1 on): doubling from 5 s to an hour, half of it at random, so
 * that what failed together does not come back together. Never less than what the receiver asked for.
 */
export function toRetryDelayMs(
  attempt: number,
  { random, retryAfterMs = 0 }: { random: number; retryAfterMs?: number | undefined },
): number {
  const ceilingMs = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1))
  return Math.max(retryAfterMs, ceilingMs * (0.5 + 0.5 * random))
}

/** `Retry-After` (RFC 9110, 10.2.3) in milliseconds: seconds or a date; undefined when it says neither. */
export function readRetryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  const text = header.trim()
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const date = /^[A-Za-z]{3}, /.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

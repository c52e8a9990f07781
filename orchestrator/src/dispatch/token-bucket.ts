export interface TokenBucket {
  /** Takes a token: 0 when there was one, else how many milliseconds until the next, with none taken. */
  take(now: number): number
}

/** `perSecond` tokens a second, `burst` at most at once; full at first. Pure but for what it counts. */
export function createTokenBucket({
  perSecond,
  burst,
}: {
  perSecond: number
  burst: number
}): TokenBucket {
  let tokens = burst
  let filledAt: number | undefined
  return {
    take(now) {
      const sinceMs = Math.max(0, now - (filledAt ?? now))
      tokens = Math.min(burst, tokens + (sinceMs * perSecond) / 1000)
      filledAt = now
      if (tokens < 1) return Math.ceil(((1 - tokens) * 1000) / perSecond)
      tokens -= 1
      return 0
    },
  }
}

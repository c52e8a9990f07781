import { describe, expect, it } from 'vitest'
import { readRetryAfterMs, toRetryDelayMs } from './backoff.ts'

describe('toRetryDelayMs', () => {
  it.each([
    { attempt: 1, random: 1, delayMs: 5000 },
    { attempt: 1, random: 0, delayMs: 2500 },
    { attempt: 2, random: 1, delayMs: 10_000 },
    { attempt: 10, random: 1, delayMs: 2_560_000 },
    { attempt: 11, random: 1, delayMs: 3_600_000 },
    { attempt: 2000, random: 0, delayMs: 1_800_000 },
  ])('waits $delayMs ms after attempt $attempt at random $random', ({ delayMs, ...given }) => {
    expect(toRetryDelayMs(given.attempt, given)).toBe(delayMs)
  })

  it('never waits less than the receiver asked for, and is tried thirty times a day at most', () => {
    expect(toRetryDelayMs(1, { random: 0, retryAfterMs: 90_000 })).toBe(90_000)
    expect(toRetryDelayMs(9, { random: 1, retryAfterMs: 1000 })).toBe(1_280_000)
    let waitedMs = 0
    let attempts = 0
    while (waitedMs < 86_400_000) waitedMs += toRetryDelayMs(++attempts, { random: 1 })
    expect(attempts).toBeGreaterThan(20)
    expect(attempts).toBeLessThan(40)
  })
})

describe('readRetryAfterMs', () => {
  const now = Date.parse('2026-11-20T18:00:00Z')
  it.each([
    ['120', 120_000],
    ['0', 0],
    ['Fri, 20 Nov 2026 18:01:00 GMT', 60_000],
    ['Fri, 20 Nov 2026 17:00:00 GMT', 0],
    ['-5', undefined],
    ['soon', undefined],
    ['2026', 2_026_000],
    ['99999999999999999999', undefined],
    [undefined, undefined],
  ])('reads %s as %s', (header, ms) => {
    expect(readRetryAfterMs(header, now)).toBe(ms)
  })
})

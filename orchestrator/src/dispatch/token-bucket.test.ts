import { describe, expect, it } from 'vitest'
import { createTokenBucket } from './token-bucket.ts'

describe('the token bucket', () => {
  it('gives a burst at once and then one token per interval', () => {
    const bucket = createTokenBucket({ perSecond: 10, burst: 2 })
    expect([bucket.take(0), bucket.take(0), bucket.take(0)]).toEqual([0, 0, 100])
    expect(bucket.take(60)).toBe(40)
    expect(bucket.take(100)).toBe(0)
    expect(bucket.take(100)).toBe(100)
  })

  it('fills to its burst and no further', () => {
    const bucket = createTokenBucket({ perSecond: 10, burst: 2 })
    for (let taken = 0; taken < 2; taken += 1) bucket.take(0)
    expect([bucket.take(60_000), bucket.take(60_000), bucket.take(60_000)]).toEqual([0, 0, 100])
  })

  it('takes a clock that went back for one that stands', () => {
    const bucket = createTokenBucket({ perSecond: 10, burst: 1 })
    expect(bucket.take(1000)).toBe(0)
    expect(bucket.take(500)).toBe(100)
  })
})

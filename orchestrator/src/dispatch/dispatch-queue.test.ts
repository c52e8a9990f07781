import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createDispatchQueue } from './dispatch-queue.ts'

describe('the dispatch queue', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  const create = (maxWaiting = 10) =>
    createDispatchQueue({ perSecond: 10, burst: 1, maxWaiting, now: () => performance.now() })
  const { signal } = new AbortController()

  it('lets the call that waits longest go first, at the rate it was given', async () => {
    const queue = create()
    const gone: number[] = []
    const enter = async (since: number) => {
      await queue.enter(since, { signal })
      gone.push(since)
    }
    const all = [enter(50), enter(30), enter(10), enter(20)]
    await vi.advanceTimersByTimeAsync(0)
    expect(gone).toEqual([50]) // it found a token
    await vi.advanceTimersByTimeAsync(100)
    expect(gone).toEqual([50, 10])
    await vi.advanceTimersByTimeAsync(200)
    await Promise.all(all)
    expect(gone).toEqual([50, 10, 20, 30])
  })

  it('refuses what would make it longer than its bound', async () => {
    const queue = create(1)
    await queue.enter(1, { signal })
    const second = queue.enter(2, { signal })
    expect(await queue.enter(3, { signal })).toBe('full')
    await vi.advanceTimersByTimeAsync(100)
    expect(await second).toBe('turn')
  })

  it('forgets a call that is over, and spends no token on it', async () => {
    const queue = create()
    const over = new AbortController()
    await queue.enter(1, { signal })
    const second = queue.enter(2, { signal: over.signal })
    const third = queue.enter(3, { signal })
    over.abort(new Error('over'))
    await expect(second).rejects.toThrow('over')
    await vi.advanceTimersByTimeAsync(100)
    expect(await third).toBe('turn')
    expect(vi.getTimerCount()).toBe(0)
  })
})

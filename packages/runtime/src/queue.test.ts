import { describe, expect, it } from 'vitest'
import { createBoundedQueue } from './queue.ts'

describe('createBoundedQueue', () => {
  it('refuses what would exceed its capacity and takes it again after reading', async () => {
    const queue = createBoundedQueue<number>({ capacity: 100, weigh: (ms) => ms })
    expect(queue.push(60)).toBe(true)
    expect(queue.push(60)).toBe(false)
    const iterator = queue[Symbol.asyncIterator]()
    expect(await iterator.next()).toEqual({ value: 60, done: false })
    expect(queue.push(60)).toBe(true)
  })

  it('delivers what is queued after close, and nothing after fail', async () => {
    const closed = createBoundedQueue<number>({ capacity: 9 })
    closed.push(1)
    closed.close()
    const seen: number[] = []
    for await (const item of closed) seen.push(item)
    expect(seen).toEqual([1])

    const failed = createBoundedQueue<number>({ capacity: 9 })
    failed.push(1)
    failed.fail(new Error('gone'))
    await expect(failed[Symbol.asyncIterator]().next()).rejects.toThrow('gone')
  })
})

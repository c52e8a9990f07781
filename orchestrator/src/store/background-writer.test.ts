import { describe, expect, it } from 'vitest'
import { createBackgroundWriter } from './background-writer.ts'

const retryDelayMs = { first: 1, max: 1 }

describe('createBackgroundWriter', () => {
  it('keeps the order when a batch has to be written again', async () => {
    const written: number[] = []
    let failures = 2
    const writer = createBackgroundWriter<number>({
      ...{ capacity: 10, batchSize: 2, retryDelayMs, onError: () => {} },
      async write(batch) {
        failures -= 1
        if (failures >= 0) throw new Error('away')
        written.push(...batch)
      },
    })
    for (const entry of [1, 2, 3, 4, 5]) writer.push(entry)
    expect(await writer.flush({ timeoutMs: 5000 })).toBe(true)
    expect(written).toEqual([1, 2, 3, 4, 5])
    expect(failures).toBeLessThan(0)
  })

  it('refuses what is beyond its bound, and says so', () => {
    const writer = createBackgroundWriter<number>({
      ...{ capacity: 2, batchSize: 1, retryDelayMs, onError: () => {} },
      write: () => new Promise(() => {}),
    })
    expect([1, 2, 3].map((entry) => writer.push(entry))).toEqual([true, true, false])
    writer.close()
  })

  it('does not wait for ever for what cannot be written', async () => {
    const writer = createBackgroundWriter<number>({
      ...{ capacity: 2, batchSize: 1, retryDelayMs, onError: () => {} },
      write: () => Promise.reject(new Error('away')),
    })
    writer.push(1)
    expect(await writer.flush({ timeoutMs: 10 })).toBe(false)
    expect(writer.size).toBe(1)
    writer.close()
    expect(writer.push(2)).toBe(false)
  })
})

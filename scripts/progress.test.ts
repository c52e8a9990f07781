import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createProgress } from './progress.ts'

describe('createProgress', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('names a step that takes longer than a second and says how long it took', async () => {
    const lines: string[] = []
    const progress = createProgress({ write: (line) => lines.push(line), now: () => Date.now() })
    const step = progress.step('redis', () => new Promise((resolve) => setTimeout(resolve, 6000)))
    await vi.advanceTimersByTimeAsync(999)
    expect(lines).toEqual([])
    await vi.advanceTimersByTimeAsync(5001)
    await step
    await vi.advanceTimersByTimeAsync(60_000)
    expect(lines).toEqual(['  … redis (1 s)', '  … redis (5 s)', '  ✓ redis, 6.0 s'])
  })
})

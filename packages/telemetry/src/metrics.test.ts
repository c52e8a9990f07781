import { describe, expect, it } from 'vitest'
import { latencyBuckets } from './metrics.ts'

describe('latencyBuckets', () => {
  it.each([
    ['the first byte of speech', 0.3],
    ['the recogniser’s final', 0.5],
    ['the whole answer', 0.8],
    ['the model’s first token', 1],
    ['the answer of the telephone', 2],
  ])('end one at what is promised of %s', (_what, seconds) => {
    expect(latencyBuckets).toContain(seconds)
  })

  it('rise', () => {
    expect(latencyBuckets).toEqual([...latencyBuckets].sort((a, b) => a - b))
  })
})

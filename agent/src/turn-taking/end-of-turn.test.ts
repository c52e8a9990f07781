import { describe, expect, it } from 'vitest'
import { type Evidence, weigh } from './end-of-turn.ts'
import { usualProfile } from './scene.ts'

const profile = (minEndpointingDelayMs: number) => ({ ...usualProfile(), minEndpointingDelayMs })
const dictating: Evidence = { completeness: 'dictating', prediction: undefined, patience: 1 }

describe('weigh', () => {
  it('gives who dictates more time on a line that waits longer, up to its longest wait', () => {
    const delayAt = (minMs: number) => weigh(dictating, profile(minMs)).delayMs
    expect([200, 300, 400, 600].map(delayAt)).toEqual([1500, 1500, 1800, 2000])
  })

  it('gives a slow caller more time to dictate even beyond it', () => {
    const slow = { ...dictating, patience: 1.5 }
    expect(weigh(slow, profile(300)).delayMs).toBe(2250)
    expect(weigh(slow, profile(600)).delayMs).toBe(2250)
  })
})

import { describe, expect, it } from 'vitest'
import { toStats } from './waterfall.ts'

const times = {
  receivedAt: 1000,
  firstSampleAt: 1130,
  firstSampleEpochMs: 5000,
  firstByteMs: 100,
  cached: false,
  marks: { 'turn-sent': 4850, 'first-frame': 5000 },
}

describe('toStats', () => {
  it('splits the time from the first say to its first sample between the router and the agent', () => {
    expect(toStats('turn-1', times)).toEqual({
      type: 'stats',
      turnId: 'turn-1',
      ttsMs: 100,
      ttsCached: false,
      agentMs: 30,
      firstSampleAt: 5000,
      marks: { 'turn-sent': 4850, 'first-frame': 5000 },
    })
  })

  it('adds what is known of recognition and interruption', () => {
    expect(toStats('turn-1', { ...times, asrFinalMs: 80, bargeInStopMs: 310 })).toMatchObject({
      asrFinalMs: 80,
      bargeInStopMs: 310,
    })
  })

  it('has no negative part when audio was at hand before it was asked for', () => {
    expect(toStats('turn-1', { ...times, firstByteMs: 500 })).toMatchObject({
      ttsMs: 130,
      agentMs: 0,
    })
  })
})

import type { AgentMessageOf } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { toWaterfall } from './waterfall.ts'

const stats: AgentMessageOf<'stats'> = {
  ...{
    type: 'stats',
    seq: 1,
    at: 1,
    turnId: 'turn-1',
    ttsMs: 80,
    agentMs: 20,
    firstSampleAt: 2000,
  },
}
const timing = { receivedAt: 1000, orchestratorMs: 5, llmMs: 200 }

describe('toWaterfall', () => {
  it('takes endpointing from the end of speech to the turn’s arrival', () => {
    expect(toWaterfall({ ...timing, speechEndedAt: 600, asrFinalMs: 90 }, stats)).toEqual({
      ...{ endpointingMs: 400, asrFinalMs: 90, orchestratorMs: 5, llmMs: 200 },
      ...{ ttsMs: 80, agentMs: 20 },
    })
  })

  it('believes the agent’s own figure for the final', () => {
    expect(
      toWaterfall({ ...timing, asrFinalMs: 90 }, { ...stats, asrFinalMs: 70 }).asrFinalMs,
    ).toBe(70)
  })

  it('has no negative part when clocks differ, and none for a turn that was typed', () => {
    expect(toWaterfall({ ...timing, speechEndedAt: 1300 }, stats).endpointingMs).toBe(0)
    expect(toWaterfall(timing, stats)).not.toHaveProperty('endpointingMs')
  })
})

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
    expect(
      toWaterfall({ ...timing, speechEndedAt: 600, asrFinalMs: 90 }, stats, { own: {} }),
    ).toEqual({
      ...{ endpointingMs: 400, asrFinalMs: 90, orchestratorMs: 5, llmMs: 200 },
      ...{ ttsMs: 80, agentMs: 20 },
    })
  })

  it('believes the agent’s own figure for the final', () => {
    expect(
      toWaterfall({ ...timing, asrFinalMs: 90 }, { ...stats, asrFinalMs: 70 }, { own: {} })
        .asrFinalMs,
    ).toBe(70)
  })

  it('has no negative part when clocks differ, and none for a turn that was typed', () => {
    expect(toWaterfall({ ...timing, speechEndedAt: 1300 }, stats, { own: {} }).endpointingMs).toBe(
      0,
    )
    expect(toWaterfall(timing, stats, { own: {} })).not.toHaveProperty('endpointingMs')
  })

  it('takes the figures of an agent that tells its moments from their parts', () => {
    const marks = {
      ...{ 'speech-ended': 600, 'final-received': 690, 'endpoint-decided': 990 },
      ...{ 'turn-sent': 1000, 'say-received': 1210, 'first-pcm': 1290, 'first-frame': 1310 },
    }
    const own = {
      ...{ 'turn-received': 1, asked: 4, 'first-token': 150, 'first-clause': 204 },
      'say-sent': 206,
    }
    const waterfall = toWaterfall(timing, { ...stats, marks }, { own, transportOutMs: 105 })
    const { endpointingMs = 0, orchestratorMs, llmMs, ttsMs, agentMs, wait } = waterfall
    expect(waterfall).toMatchObject({ endpointingMs: 390, orchestratorMs: 5, ttsMs: 80 })
    expect(llmMs).toBeCloseTo(200)
    expect(endpointingMs + orchestratorMs + llmMs + ttsMs + agentMs).toBeCloseTo(710)
    expect(wait?.wholeMs).toBe(815)
  })
})

import type { TurnMarkTimes, TurnWait } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { type OwnMarkTimes, toTurnWait } from './turn-wait.ts'

const agent: TurnMarkTimes = {
  ...{ 'speech-ended': 1000, 'final-received': 1220, 'endpoint-decided': 1400, 'turn-sent': 1402 },
  ...{ 'say-received': 1560, 'first-pcm': 1640, 'first-frame': 1655 },
}
/** On a clock that is an hour off. */
const own: OwnMarkTimes = {
  ...{ 'turn-received': 3_601_404, asked: 3_601_410, 'first-token': 3_601_530 },
  ...{ 'first-clause': 3_601_550, 'say-sent': 3_601_556 },
}

const told = (wait: TurnWait | undefined) =>
  Object.fromEntries(
    (wait?.parts ?? []).map(({ part, ms, hiddenMs }) => [
      part,
      hiddenMs === undefined ? Math.round(ms) : [Math.round(ms), Math.round(hiddenMs)],
    ]),
  )
const sum = (wait: TurnWait | undefined) =>
  wait?.parts.reduce((total, { ms }) => total + ms, 0) ?? Number.NaN

describe('toTurnWait', () => {
  it('adds up to the whole from clocks that differ, and says what was hidden', () => {
    const wait = toTurnWait(agent, own, { transportOutMs: 105, channelRoundTripMs: 0.6 })
    expect(wait).toMatchObject({ wholeMs: 760, channelRoundTripMs: 0.6 })
    expect(told(wait)).toEqual({
      endpointing: 400,
      'asr-final': [0, 220],
      'turn-sending': 2,
      channel: 6,
      orchestrator: 6,
      'llm-first-token': 120,
      'llm-first-clause': 20,
      'say-sending': 6,
      tts: 80,
      playout: 15,
      'transport-out': 105,
    })
    expect(sum(wait)).toBeCloseTo(760, 6)
    expect(wait?.parts.at(-1)?.isEstimated).toBe(true)
  })

  it('hides the model behind the decision when the turn was sent ahead of it', () => {
    const speculative: TurnMarkTimes = {
      ...{ 'speech-ended': 1000, 'turn-sent': 1260, 'final-received': 1220 },
      ...{ 'endpoint-decided': 1400, 'turn-confirmed': 1401 },
      ...{ 'say-received': 1404, 'first-pcm': 1480, 'first-frame': 1490 },
    }
    // Received at 1261 of the agent's clock, the reply ready at 1390 and held until the confirmation.
    const held: OwnMarkTimes = {
      ...{ 'turn-received': 61, asked: 63, 'first-token': 170, 'first-clause': 190 },
      ...{ 'confirm-received': 202, 'say-sent': 203 },
    }
    const wait = toTurnWait(speculative, held)
    expect(told(wait)).toEqual({
      endpointing: 400,
      'asr-final': [0, 220],
      'turn-sending': 1,
      channel: 2,
      orchestrator: [0, 2],
      'llm-first-token': [0, 107],
      'llm-first-clause': [0, 20],
      'say-sending': 1,
      tts: 76,
      playout: 10,
    })
    expect(sum(wait)).toBeCloseTo(490, 6)
  })

  it('hides what the agent had ready before the decision', () => {
    const ready = { ...agent, 'endpoint-decided': 1650, 'turn-confirmed': 1651 }
    const wait = toTurnWait(ready, own)
    expect(told(wait)).toMatchObject({ endpointing: 650, tts: [0, 80], playout: [4, 11] })
    expect(sum(wait)).toBeCloseTo(655, 6)
  })

  it('waits for no final that came after the turn was sent', () => {
    const wait = toTurnWait({ ...agent, 'final-received': 1600 }, own)
    expect(told(wait)).toMatchObject({ 'asr-final': [0, 600], 'llm-first-token': 120 })
    expect(sum(wait)).toBeCloseTo(655, 6)
  })

  it('does not split a reply whose times here are of another exchange', () => {
    const wait = toTurnWait(agent, { ...own, 'say-sent': 3_609_000 })
    expect(told(wait)).toMatchObject({ reply: 158, tts: 80 })
    expect(told(wait)).not.toHaveProperty('orchestrator')
    expect(sum(wait)).toBeCloseTo(655, 6)
    expect(told(toTurnWait(agent, {}))).toMatchObject({ reply: 158 })
  })

  it('counts a written turn from when it was sent', () => {
    const { 'speech-ended': _spoken, 'final-received': _final, ...written } = agent
    expect(toTurnWait({ ...written, 'endpoint-decided': 1402 }, own)?.wholeMs).toBe(253)
  })

  it('knows nothing of an agent that sends no moments', () => {
    expect(toTurnWait({}, own)).toBeUndefined()
  })

  it('adds up, with no part below zero, whatever the order of moments', () => {
    let seed = 7
    const random = () => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed / 2_147_483_647
    }
    for (let round = 0; round < 2000; round += 1) {
      const at = () => 1000 + random() * 1000
      const sent = at()
      const sayReceived = sent + random() * 500
      const marks: TurnMarkTimes = {
        ...{ 'speech-ended': 900, 'endpoint-decided': at(), 'final-received': at() },
        ...{ 'turn-sent': sent, 'say-received': sayReceived, 'first-pcm': sayReceived + 30 },
        'first-frame': 2600,
        ...(random() < 0.5 && { 'turn-confirmed': sent + random() * 500 }),
      }
      const received = random() * 1000
      const asked = received + random() * 50
      const token = asked + random() * 100
      const ours: OwnMarkTimes = {
        ...{ 'turn-received': received, asked, 'first-token': token },
        ...{ 'first-clause': token + random() * 50, 'say-sent': token + 60 },
        ...(random() < 0.5 && { 'confirm-received': received + random() * 200 }),
      }
      const wait = toTurnWait(marks, ours, { transportOutMs: 105 })
      expect(sum(wait)).toBeCloseTo(wait?.wholeMs ?? Number.NaN, 6)
      expect(wait?.wholeMs).toBeCloseTo(1700 + 105, 6)
      for (const { ms, hiddenMs = 0 } of wait?.parts ?? []) {
        expect(ms).toBeGreaterThanOrEqual(0)
        expect(hiddenMs).toBeGreaterThanOrEqual(0)
      }
    }
  })
})

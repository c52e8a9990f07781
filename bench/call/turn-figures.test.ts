import { expect, it } from 'vitest'
import { toTurnFigures } from './turn-figures.ts'

const turn = {
  ...{ turnId: 'turn-1', callerText: '', agentText: '', interrupted: false },
  wireGapMs: 900,
  restMs: 200,
  transport: { inMs: 100, outMs: 100 },
  waterfall: {
    ...{ asrFinalMs: 220, endpointingMs: 400, orchestratorMs: 12, llmMs: 140, ttsMs: 80 },
    ...{ agentMs: 23, ttsCached: false },
    wait: {
      wholeMs: 805,
      parts: [
        { part: 'endpointing' as const, ms: 400 },
        { part: 'asr-final' as const, ms: 0, hiddenMs: 220 },
        { part: 'turn-sending' as const, ms: 2 },
        { part: 'channel' as const, ms: 6 },
        { part: 'orchestrator' as const, ms: 6, hiddenMs: 3 },
        { part: 'llm-first-token' as const, ms: 100, hiddenMs: 20 },
        { part: 'llm-first-clause' as const, ms: 40 },
        { part: 'say-sending' as const, ms: 6 },
        { part: 'tts' as const, ms: 80 },
        { part: 'playout' as const, ms: 60 },
        { part: 'transport-out' as const, ms: 105, isEstimated: true },
      ],
    },
  },
}

const none = new Set<string>()

it('takes own share, transport and the time since the decision apart', () => {
  expect(toTurnFigures(turn, none)).toEqual({
    ...{ gapMs: 900, kind: 'plain', inMs: 100, outMs: 100, endpointingMs: 400 },
    ...{ ownMs: 80, orchestratorMs: 12, agentMs: 62, channelMs: 6 },
    ...{ sinceDecisionMs: 400, asrMs: 220, llmMs: 120, ttsMs: 80 },
  })
})

it('tells fixed words, plain sentences and those that a tool was needed for', () => {
  const fixed = { ...turn, waterfall: { ...turn.waterfall, ttsCached: true } }
  expect(toTurnFigures(fixed, none)?.kind).toBe('fixed')
  expect(toTurnFigures(turn, new Set(['turn-1']))?.kind).toBe('tool')
})

it('keeps the gap of a turn whose agent tells no moments, and nothing of one without a reply', () => {
  const { transport: _transport, ...untold } = turn
  expect(toTurnFigures(untold, none)).toEqual({ gapMs: 900, kind: 'plain' })
  expect(toTurnFigures({ ...turn, wireGapMs: undefined }, none)).toBeUndefined()
})

import { describe, expect, it } from 'vitest'
import { judgeOver, judgeTurn } from './judge.ts'

const turn = {
  sounds: [
    { fromMs: 400, toMs: 1000 },
    { fromMs: 1600, toMs: 2000 },
  ],
}

describe('judgeTurn', () => {
  it.each([
    ['in the pause', [1300, 2300], [true], 300],
    ['just as the caller goes on', [1650, 2300], [true], 300],
    ['after the turn alone', [2300], [false], 300],
    ['never', [], [false], undefined],
  ])('a decision %s', (_name, decidedAt, isCut, delayMs) => {
    expect(judgeTurn(turn, decidedAt)).toEqual({ isCut, delayMs })
  })
})

describe('judgeOver', () => {
  const sound = { sounds: [{ fromMs: 1000, toMs: 1400 }] }

  it('counts from the sound’s first sample, and from its last', () => {
    const commands = [
      { type: 'duck', at: 1080 },
      { type: 'restore', at: 1650 },
    ] as const
    expect(judgeOver(sound, commands)).toEqual({
      ...{ isStopped: false, duckedMs: 80, stoppedMs: undefined, resumedMs: [250] },
    })
  })

  it('knows a stop', () => {
    const commands = [{ type: 'interrupt', at: 1300 }] as const
    expect(judgeOver(sound, commands)).toMatchObject({ isStopped: true, stoppedMs: 300 })
  })
})

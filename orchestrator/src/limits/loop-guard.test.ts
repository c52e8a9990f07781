import { describe, expect, it } from 'vitest'
import { judgeLoop } from './loop-guard.ts'

const busy = 'All our agents are busy.'
const menu = 'Press one for sales, two for support.'
const tool = { name: 'check_availability', arguments: {}, ok: true, result: {} }

const judge = (
  texts: readonly string[],
  options: { quick?: readonly number[]; toolAt?: number; botTurns?: number } = {},
) => {
  const { quick = [], toolAt, botTurns = 6 } = options
  const turns = texts.map((text, at) => ({
    ...{ turnId: `turn-${at}`, text },
    tools: at === toolAt ? [tool] : [],
  }))
  const turn = turns.at(-1) ?? { turnId: '', text: '', tools: [] }
  const quickTurnIds = new Set(quick.map((at) => `turn-${at}`))
  return judgeLoop({ turns: turns.slice(0, -1), turn, quickTurnIds, botTurns })
}
const times = (count: number, ...texts: readonly string[]) =>
  Array.from({ length: count }, (_, at) => texts[at % texts.length] ?? '')

describe('the guard against machines', () => {
  it.each([
    ['a first turn', ['Hello'], {}, 'go-on'],
    ['the same words four times', times(4, busy), {}, 'go-on'],
    ['the same words five times', times(5, busy), {}, 'ask-for-a-human'],
    ['the same words six times', times(6, busy), {}, 'go-on'],
    ['the same words seven times', times(7, busy), {}, 'end'],
    ['two announcements in turn', times(8, busy, menu), {}, 'end'],
    [
      'other words in between',
      [...times(4, busy), 'I need a room', ...times(3, busy)],
      {},
      'go-on',
    ],
    ['a person who says yes to everything', times(12, 'Yes please'), {}, 'go-on'],
    [
      'a machine that never lets us finish',
      times(6, 'a', 'b', 'c', 'd', 'e', 'f'),
      { quick: [0, 1, 2, 3, 4, 5] },
      'end',
    ],
    ['one quick answer', times(6, 'a', 'b', 'c', 'd', 'e', 'f'), { quick: [5] }, 'go-on'],
    ['words that a tool could use', times(8, busy), { toolAt: 4 }, 'go-on'],
    ['a line that ends it sooner', times(4, busy), { botTurns: 3 }, 'end'],
  ])('after %s', (_title, texts, options, expected) => {
    expect(judge(texts, options)).toBe(expected)
  })
})

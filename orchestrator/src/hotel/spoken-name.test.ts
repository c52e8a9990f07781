import { describe, expect, it } from 'vitest'
import { editDistance, matchName } from './spoken-name.ts'

const cases: readonly [string, string, ReturnType<typeof matchName>][] = [
  ['Emma Fischer', 'Emma Fischer', 'exact'],
  ['emma fischer', 'Emma Fischer', 'exact'],
  ['Fischer, Emma', 'Emma Fischer', 'exact'],
  ['Jose Garcia', 'José García', 'exact'],
  ['Joerg Mueller', 'Jörg Müller', 'exact'],
  ['Jorg Muller', 'Jörg Müller', 'exact'],
  ['Emma Fisher', 'Emma Fischer', 'close'],
  ['Ema Fischer', 'Emma Fischer', 'close'],
  ['Annmarie Smith', 'Ann Marie Smith', 'exact'],
  ['Ana Marie Smith', 'Ann Marie Smith', 'close'],
  ['Alexander Schwarzenberger', 'Aleksander Schwartzenberger', 'close'],
  ['Emma', 'Emma Fischer', 'none'],
  ['Paul Fischer', 'Emma Fischer', 'none'],
  ['Anna Fischer', 'Emma Fischer', 'none'],
  ['Li Wu', 'Li Xu', 'none'],
]

describe('matchName', () => {
  for (const [heard, stored, match] of cases) {
    it(`takes "${heard}" for "${stored}": ${match}`, () =>
      expect(matchName(heard, stored)).toBe(match))
  }
})

describe('editDistance', () => {
  it('counts a swap of neighbours as one', () => {
    expect(editDistance('martin', 'matrin')).toBe(1)
    expect(editDistance('', 'abc')).toBe(3)
    expect(editDistance('kitten', 'sitting')).toBe(3)
  })
})

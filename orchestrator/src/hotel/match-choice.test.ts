import { describe, expect, it } from 'vitest'
import { matchChoice } from './match-choice.ts'

const rooms = [
  ['single', 'single room'],
  ['double', 'double room'],
  ['double-sea', 'double room with sea view'],
  ['suite', 'suite'],
]
const match = (wanted: string) => matchChoice(wanted, rooms, (names) => names)?.[0]

describe('matchChoice', () => {
  for (const [wanted, found] of [
    ['double', 'double'],
    ['Double Room', 'double'],
    ['the single one', 'single'],
    ['suites', 'suite'],
    ['sea view', 'double-sea'],
    ['Suite!', 'suite'],
    ['room', undefined],
    ['cabin', undefined],
    ['', undefined],
  ] as const) {
    it(`takes "${wanted}" for ${found}`, () => expect(match(wanted)).toBe(found))
  }
})

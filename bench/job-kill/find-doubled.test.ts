import { describe, expect, it } from 'vitest'
import { findDoubled } from './killed-call.ts'

const say = (index: number) =>
  ({ type: 'say', at: 1, turnId: 'turn-1', index, text: 'x', kind: 'reply' }) as const

describe('findDoubled', () => {
  it('names sentences, turns and ends that came twice', () => {
    const ended = { type: 'call-ended', at: 1, reason: 'silence' } as const
    expect(findDoubled([say(0), say(1), say(1), ended, ended])).toEqual([
      'say turn-1 1',
      'call-ended ',
    ])
  })

  it('finds nothing where each came once', () => {
    expect(findDoubled([say(0), say(1)])).toEqual([])
  })
})

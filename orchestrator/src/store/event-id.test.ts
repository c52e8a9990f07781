import { describe, expect, it } from 'vitest'
import { beforeFirst, isEventId, nextEventId } from './event-id.ts'

describe('nextEventId', () => {
  it.each([
    ['the time of a later event', '5-3', 9.7, '9-0'],
    ['the next number within a millisecond', '9-0', 9.9, '9-1'],
    ['no step back when the clock does', '9-4', 3, '9-5'],
    ['the first id of a stream', beforeFirst, 7, '7-0'],
  ])('gives %s', (_title, last, now, expected) => {
    expect(nextEventId(last, now)).toBe(expected)
  })
})

describe('isEventId', () => {
  it.each([
    ['1795-0', true],
    ['0', true],
    ['', false],
    ['(1-1', false],
    ['1-', false],
    ['+', false],
  ])('tells whether %j is one', (text, expected) => {
    expect(isEventId(text)).toBe(expected)
  })
})

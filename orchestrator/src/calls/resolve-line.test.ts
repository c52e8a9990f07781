import { describe, expect, it } from 'vitest'
import { testLine } from '../../test/support/test-line.ts'
import { readJobMetadata, resolveLine } from './resolve-line.ts'

const lines = {
  byId: (id: string) => (id === testLine.id ? testLine : undefined),
  byNumber: (number: string) => (testLine.numbers.includes(number) ? testLine : undefined),
}

describe('resolveLine', () => {
  it.each([
    ['the dialled number', '', 'call_100_x8Fa', true],
    ['a number in E.164', '', 'call_+494066969100_x8Fa', true],
    ['the metadata', '{"line":"harbour-hotel"}', 'web_harbour-hotel_1', true],
    ['the number when the metadata is not ours', 'hello', 'call_100_x', true],
    ['the number when the metadata names no line', '{"epoch":3}', 'call_100_x', true],
    ['no line for an unknown number', '', 'call_999_x', false],
    ['no line for an unknown name, whatever was dialled', '{"line":"x"}', 'call_100_x', false],
    ['no line for a room of another kind', '', 'meeting', false],
  ])('goes by %s', (_title, metadata, room, isFound) => {
    expect(resolveLine({ metadata, room }, lines)?.id).toBe(isFound ? testLine.id : undefined)
  })
})

describe('readJobMetadata', () => {
  it('reads the epoch that a dispatch gives', () => {
    expect(readJobMetadata('{"line":"a","epoch":3}')).toEqual({ line: 'a', epoch: 3 })
  })
})

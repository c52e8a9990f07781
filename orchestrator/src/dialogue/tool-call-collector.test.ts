import { describe, expect, it } from 'vitest'
import { createToolCallCollector } from './tool-call-collector.ts'

type Piece = { index?: number; id?: string; name?: string; arguments?: string }

function collect(pieces: readonly Piece[]) {
  let made = 0
  const collector = createToolCallCollector({
    newId: () => {
      made += 1
      return `new-${made}`
    },
  })
  for (const { index, id, name, arguments: args } of pieces) {
    collector.add({ index, id, name, arguments: args })
  }
  return collector.calls()
}

describe('createToolCallCollector', () => {
  it('puts fragments together by index', () => {
    expect(
      collect([
        { index: 0, id: 'a', name: 'one', arguments: '' },
        { index: 0, arguments: '{"x"' },
        { index: 1, id: 'b', name: 'two' },
        { index: 0, arguments: ':1}' },
        { index: 1, arguments: '{}' },
      ]),
    ).toEqual([
      { id: 'a', name: 'one', arguments: '{"x":1}' },
      { id: 'b', name: 'two', arguments: '{}' },
    ])
  })

  it('takes a new id at a known index as a new call', () => {
    expect(
      collect([
        { index: 0, id: 'a', name: 'one', arguments: '{}' },
        { index: 0, id: 'b', name: 'two', arguments: '{"y":' },
        { index: 0, arguments: '2}' },
      ]),
    ).toEqual([
      { id: 'a', name: 'one', arguments: '{}' },
      { id: 'b', name: 'two', arguments: '{"y":2}' },
    ])
  })

  it('takes a call without arguments, without id and without index', () => {
    expect(collect([{ name: 'one' }])).toEqual([{ id: 'new-1', name: 'one', arguments: '' }])
  })

  it('takes a name in pieces and a name that is repeated', () => {
    expect(
      collect([
        { index: 0, id: 'a', name: 'look' },
        { index: 0, name: '_up' },
      ])[0]?.name,
    ).toBe('look_up')
    expect(
      collect([
        { index: 0, id: 'a', name: 'look_up' },
        { index: 0, id: 'a', name: 'look_up', arguments: '{}' },
      ]),
    ).toEqual([{ id: 'a', name: 'look_up', arguments: '{}' }])
  })
})

import type { CallEvent } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { rebuildRecord } from './apply-event.ts'
import { toHistory } from './history.ts'

const created: CallEvent = {
  ...{ type: 'call-created', at: 1, line: 'l', room: 'r', roomSid: 's', jobId: 'j' },
  greeting: 'Hello, I am an AI.',
}
const asked = (turnId: string, text: string, supersedes?: string): CallEvent => ({
  ...{ type: 'turn-received', at: 1, turnId, text, language: 'en', source: 'speech' },
  ...(supersedes === undefined ? {} : { supersedes }),
})
const say = (turnId: string, index: number, text: string): CallEvent => ({
  ...{ type: 'say', at: 1, turnId, index, text, kind: 'reply' },
})
const heard = (turnId: string, text: string, interrupted: boolean): CallEvent => ({
  ...{ type: 'heard', at: 1, turnId, text, interrupted },
})
const cancelled = (turnId: string): CallEvent => ({ type: 'turn-cancelled', at: 1, turnId })
const booked = (turnId: string): CallEvent[] => {
  const call = { at: 1, turnId, toolCallId: 'c1', name: 'create_reservation' }
  return [
    { ...call, type: 'tool-called', arguments: { guests: 2 } },
    { ...call, type: 'tool-finished', ok: true, result: { number: 'HH-1' } },
  ]
}

const historyOf = (...events: CallEvent[]) => {
  const record = rebuildRecord('id', [created, ...events])
  if (!record) throw new Error('no record')
  return toHistory(record, { before: 'now' }).map((item) =>
    item.kind === 'tool' ? `tool ${item.toolCallId}` : `${item.kind}: ${item.text}`,
  )
}
const greeting = 'agent: Hello, I am an AI.'

describe('toHistory', () => {
  it('begins with the greeting, or the part of it that was played', () => {
    expect(historyOf()).toEqual([greeting])
    expect(historyOf(heard('greeting', 'Hello,', true))).toEqual(['agent: Hello,'])
  })

  it('leaves out the turn that is being answered', () => {
    expect(historyOf(asked('turn-1', 'hi'), asked('now', 'and now'))).toEqual([
      ...[greeting, 'caller: hi'],
    ])
  })

  it('puts what was heard in the place of what was sent', () => {
    const events = [asked('turn-1', 'hi'), say('turn-1', 0, 'One.'), say('turn-1', 1, 'Two.')]
    expect(historyOf(...events)).toEqual([greeting, 'caller: hi', 'agent: One. Two.'])
    expect(historyOf(...events, heard('turn-1', 'One', true))).toEqual([
      ...[greeting, 'caller: hi', 'agent: One'],
    ])
  })

  it('keeps only the caller’s text of a turn that was interrupted before anything was heard', () => {
    const events = [asked('turn-1', 'hi'), say('turn-1', 0, 'One.'), cancelled('turn-1')]
    expect(historyOf(...events)).toEqual([greeting, 'caller: hi'])
    expect(historyOf(...events, heard('turn-1', '', true))).toEqual([greeting, 'caller: hi'])
  })

  it('drops the text of a superseded turn, which is part of the newer one', () => {
    const events = [
      asked('turn-1', 'a'),
      say('turn-1', 0, 'One.'),
      asked('turn-2', 'a b', 'turn-1'),
    ]
    expect(historyOf(...events)).toEqual([greeting, 'caller: a b'])
  })

  it('keeps what a tool has done in a turn that was interrupted', () => {
    const events = [asked('turn-1', 'book'), ...booked('turn-1'), cancelled('turn-1')]
    expect(historyOf(...events)).toEqual([greeting, 'caller: book', 'tool c1'])
  })

  it('leaves out a tool that has not finished', () => {
    const [called] = booked('turn-1')
    const events = called ? [asked('turn-1', 'book'), called] : []
    expect(historyOf(...events)).toEqual([greeting, 'caller: book'])
  })
})

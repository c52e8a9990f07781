import { describe, expect, it } from 'vitest'
import type { HistoryItem } from './dialogue.ts'
import { toMessages } from './messages.ts'

const tool = (id: string): HistoryItem => ({
  kind: 'tool',
  toolCallId: id,
  name: 'look_up',
  arguments: { id },
  ok: true,
  result: { found: id },
})

const roles = (history: readonly HistoryItem[]) =>
  toMessages({ systemPrompt: 's', history, text: 'now' }).map(({ role }) => role)

describe('toMessages', () => {
  it('tells an earlier call and its result in the form in which it was made', () => {
    const history: HistoryItem[] = [
      { kind: 'agent', text: 'Hello.' },
      { kind: 'caller', text: 'Is it there?' },
      { kind: 'agent', text: 'One moment.' },
      tool('a'),
      { kind: 'agent', text: 'It is.' },
    ]
    expect(toMessages({ systemPrompt: 'system', history, text: 'Thanks.' })).toEqual([
      { role: 'system', content: 'system' },
      { role: 'assistant', content: 'Hello.' },
      { role: 'user', content: 'Is it there?' },
      {
        role: 'assistant',
        content: 'One moment.',
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'look_up', arguments: '{"id":"a"}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'a', content: '{"found":"a"}' },
      { role: 'assistant', content: 'It is.' },
      { role: 'user', content: 'Thanks.' },
    ])
  })

  it('gives every call a message of its own, for templates that take no two', () => {
    expect(roles([{ kind: 'caller', text: 'x' }, tool('a'), tool('b')])).toEqual([
      'system',
      'user',
      'assistant',
      'tool',
      'assistant',
      'tool',
      'user',
    ])
  })

  it('joins what one side said in a row and leaves out what was never heard', () => {
    const history: HistoryItem[] = [
      { kind: 'caller', text: 'A room' },
      { kind: 'agent', text: '' },
      { kind: 'caller', text: 'for two' },
    ]
    const messages = toMessages({ systemPrompt: 's', history, text: 'please' })
    expect(messages.slice(1)).toEqual([{ role: 'user', content: 'A room\nfor two\nplease' }])
  })
})

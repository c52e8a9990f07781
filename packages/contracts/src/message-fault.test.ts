import { describe, expect, it } from 'vitest'
import { agentMessage } from './agent-messages.ts'
import { readMessage } from './message-fault.ts'

const read = (value: unknown) => readMessage(agentMessage, JSON.stringify(value))

describe('readMessage', () => {
  it('takes a message that fits', () => {
    expect(read({ type: 'dtmf', seq: 1, at: 5, digit: '#' })).toEqual({
      ok: true,
      value: { type: 'dtmf', seq: 1, at: 5, digit: '#' },
    })
  })

  it.each([
    [{ type: 'nonsense', seq: 1, at: 5 }, 'unknown-type', 'type'],
    [{ seq: 1, at: 5 }, 'unknown-type', 'type'],
    [{ type: 'dtmf', seq: 1, at: 5, digit: 'my name' }, 'bad-message', 'digit'],
    [{ type: 'dtmf', seq: 1, at: 5, digit: '1', extra: true }, 'bad-message', 'extra'],
    [
      {
        type: 'turn',
        seq: 1,
        at: 5,
        turnId: 't',
        text: 'x',
        language: 'en',
        confidence: 1,
        source: 'speech',
        endOfTurn: { reason: 'mood' },
      },
      'bad-message',
      'endOfTurn.reason',
    ],
  ])('names the type or the field that is wrong and repeats no value: %j', (value, code, field) => {
    const result = read(value)
    expect(result).toMatchObject({ ok: false, fault: { code, field } })
    expect(JSON.stringify(result)).not.toContain('my name')
  })

  it('says when it is not JSON', () => {
    expect(readMessage(agentMessage, '{')).toMatchObject({
      ok: false,
      fault: { code: 'bad-message' },
    })
  })
})

import type { OrchestratorMessageOf } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { createHandled } from './handled.ts'

const say = (seq: number, index: number): OrchestratorMessageOf<'say'> => ({
  ...{ type: 'say', seq, at: 1, turnId: 'turn-1', index, text: 'x', language: 'en', voice: '' },
  ...{ kind: 'reply', interruptible: true, last: false },
})
const hangup = (seq: number): OrchestratorMessageOf<'action'> => ({
  ...{ type: 'action', seq, at: 1, actionId: 'hangup' },
  action: { kind: 'hangup', reason: 'goodbye' },
})

describe('createHandled', () => {
  it('takes a sentence once, under whatever number it comes', () => {
    const handled = createHandled()
    expect([say(1, 0), say(2, 1), say(7, 0)].map((message) => handled.see(message))).toEqual([
      ...['new', 'new', 'seen'],
    ])
  })

  it('answers an action again that it has carried out, and waits with one that it has not', () => {
    const handled = createHandled()
    expect(handled.see(hangup(1))).toBe('new')
    expect(handled.see(hangup(2))).toBe('seen')
    const result = { type: 'action-result', actionId: 'hangup', ok: true } as const
    handled.answered(result)
    expect(handled.see(hangup(3))).toEqual(result)
  })
})

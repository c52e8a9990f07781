import type { CallEvent } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { createQuestionMemory } from './question-memory.ts'

const say = (turnId: string, text: string): CallEvent => ({
  ...{ type: 'say', at: 1, turnId, index: 0, kind: 'reply', text },
})
const turn = (text: string): CallEvent => ({
  ...{ type: 'turn-received', at: 2, turnId: 'turn-2', text, language: 'en', source: 'speech' },
})

describe('createQuestionMemory', () => {
  it('knows what was asked before an answer, sentence by sentence and call by call', () => {
    const memory = createQuestionMemory()
    memory.before({ callId: 'a', event: say('turn-1', 'I see.') })
    memory.before({ callId: 'a', event: say('turn-1', 'Your booking number?') })
    memory.before({ callId: 'b', event: say('turn-1', 'Good evening.') })
    expect(memory.before({ callId: 'a', event: turn('84512') })).toBe('I see. Your booking number?')
    expect(memory.before({ callId: 'b', event: turn('84512') })).toBe('Good evening.')
    memory.before({ callId: 'a', event: say('turn-2', 'Thank you.') })
    expect(memory.before({ callId: 'a', event: turn('bye') })).toBe('Thank you.')
  })

  it('answers the same for an event that is written again after others have come', () => {
    const memory = createQuestionMemory()
    memory.before({ callId: 'a', event: say('turn-1', 'Your booking number?') })
    const answer = turn('84512')
    memory.before({ callId: 'a', event: answer })
    memory.before({ callId: 'a', event: say('turn-2', 'Thank you.') })
    expect(memory.before({ callId: 'a', event: answer })).toBe('Your booking number?')
  })

  it('forgets a call that has ended', () => {
    const memory = createQuestionMemory()
    memory.before({ callId: 'a', event: say('turn-1', 'Your booking number?') })
    memory.before({ callId: 'a', event: { type: 'call-ended', at: 3, reason: 'caller-hangup' } })
    expect(memory.before({ callId: 'a', event: turn('84512') })).toBeUndefined()
  })
})

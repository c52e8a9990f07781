import type { CallEvent, CallEventOf } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { applyEvent, toCallRecord } from './apply-event.ts'
import { toResume } from './resume.ts'

const at = 1
const created: CallEventOf<'call-created'> = {
  type: 'call-created',
  ...{ at, line: 'l', room: 'r', roomSid: 'RM_1', jobId: 'j' },
  greeting: 'Good day. I am an AI.',
}
const active: CallEvent = { type: 'call-active', at }
const heard: CallEvent = {
  ...{ type: 'heard', at, turnId: 'greeting', text: 'Good day.', interrupted: true },
}
const turn: CallEvent = {
  ...{ type: 'turn-received', at, turnId: 'turn-1', text: 'hello', language: 'en' },
  source: 'speech',
}

describe('a job that takes a call over', () => {
  it.each([
    ['greets a caller who has not been answered', [], false],
    ['greets again when nothing is known to have been heard of the greeting', [active], false],
    ['does not greet who has heard some of it', [active, heard], true],
    ['does not greet who has spoken', [active, turn], true],
  ])('%s', (_title, events, isActive) => {
    const record = events.reduce(applyEvent, toCallRecord('call', created))
    expect(toResume(record).active).toBe(isActive)
  })
})

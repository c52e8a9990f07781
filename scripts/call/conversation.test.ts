import type { CallEvent } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { applyEvent, emptyConversation, isAnswered } from './conversation.ts'

const received = (turnId: string, at: number, supersedes?: string): CallEvent => ({
  ...{ type: 'turn-received', at, turnId, text: `text of ${turnId}`, language: 'en' },
  source: 'speech',
  ...(supersedes === undefined ? {} : { supersedes }),
})
const say = (turnId: string, index: number): CallEvent => ({
  ...{ type: 'say', at: 0, turnId, index, text: `sentence ${index}`, kind: 'reply' },
})
const said = (turnId: string, index: number): CallEvent => ({
  ...{ type: 'say-finished', at: 0, turnId, index, playedMs: 100 },
})
const heard = (turnId: string, interrupted: boolean): CallEvent => ({
  ...{ type: 'heard', at: 0, turnId, text: 'what was played', interrupted },
})
const finished = (turnId: string): CallEvent => ({ type: 'turn-finished', at: 0, turnId })
const told = (...events: CallEvent[]) => events.reduce(applyEvent, emptyConversation)

describe('isAnswered', () => {
  const reply = [received('t1', 1000), say('t1', 0), say('t1', 1), finished('t1')]

  it('is not so before every sentence sent was played', () => {
    expect(isAnswered(told(...reply), 900)).toBe(false)
    expect(isAnswered(told(...reply, said('t1', 0)), 900)).toBe(false)
    expect(isAnswered(told(...reply, said('t1', 0), said('t1', 1)), 900)).toBe(true)
  })

  it('is not so while the model may still send more', () => {
    expect(isAnswered(told(received('t1', 1000), say('t1', 0), said('t1', 0)), 900)).toBe(false)
  })

  it('takes heard for the end, interrupted or not', () => {
    expect(isAnswered(told(...reply, heard('t1', false)), 900)).toBe(true)
    const cancelled: CallEvent = { type: 'turn-cancelled', at: 0, turnId: 't1' }
    const turn = told(...reply.slice(0, 2), cancelled, heard('t1', true))
    expect(isAnswered(turn, 900)).toBe(true)
    expect(turn.turns[0]).toMatchObject({ state: 'cancelled', interrupted: true })
  })

  it('waits for the turn with the last words, not for one that was decided before them', () => {
    const first = [...reply, heard('t1', false)]
    expect(isAnswered(told(...first), 1500)).toBe(false)
    expect(isAnswered(told(...first, received('t2', 1600, 't1')), 1500)).toBe(false)
    expect(isAnswered(told(...first, received('t2', 1600, 't1'), finished('t2')), 1500)).toBe(true)
  })

  it('lets a failed turn and a superseded one go', () => {
    const failed: CallEvent = { type: 'turn-failed', at: 0, turnId: 't2', code: 'llm' }
    const turn = told(received('t1', 1000), say('t1', 0), received('t2', 1100, 't1'), failed)
    expect(isAnswered(turn, 900)).toBe(true)
    expect(turn.turns.map(({ state }) => state)).toEqual(['superseded', 'failed'])
  })
})

describe('applyEvent', () => {
  it('knows the greeting, its end and why the call ended', () => {
    const created: CallEvent = {
      ...{ type: 'call-created', at: 0, line: 'l', room: 'r', roomSid: 's', jobId: 'j' },
      greeting: 'Good day.',
    }
    expect(told(created)).toMatchObject({ greeting: 'Good day.', greetingOver: false })
    expect(told(created, said('greeting', 0)).greetingOver).toBe(true)
    expect(told({ type: 'call-ended', at: 0, reason: 'agent-goodbye' }).endReason).toBe(
      'agent-goodbye',
    )
  })
})

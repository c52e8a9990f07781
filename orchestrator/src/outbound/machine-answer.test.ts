import type { AnsweredBy, CallRecord, OnMachine } from '@trunkline/contracts'
import { createLogger } from '@trunkline/telemetry'
import { describe, expect, it } from 'vitest'
import { testLine } from '../../test/support/test-line.ts'
import { afterAnswer, createMachineAnswer, toMessage } from './machine-answer.ts'

function start(call: Partial<CallRecord>, text: string | undefined = 'We call you back.') {
  const done: string[] = []
  let record = { turns: [], ...call }
  const machine = createMachineAnswer({
    record: () => record,
    message: async () => text,
    say: (words) => done.push(`say ${words}`),
    hangUp: (reason) => done.push(`hang up: ${reason}`),
    logger: createLogger('test', { level: 'silent' }),
  })
  const answer = (by: AnsweredBy, isRecording = false) => {
    record = { ...record, answeredBy: by }
    machine.answered({ by, isRecording })
  }
  return { machine, done, answer }
}

describe('afterAnswer', () => {
  it.each<[AnsweredBy, OnMachine, boolean, string]>([
    ['human', 'hang-up', false, 'go-on'],
    ['unknown', 'hang-up', false, 'go-on'],
    ['machine', 'go-on', false, 'go-on'],
    ['machine', 'hang-up', false, 'hang-up'],
    ['machine', 'leave-message', false, 'wait'],
    ['machine', 'leave-message', true, 'leave-message'],
    ['ivr', 'leave-message', false, 'hang-up'],
    ['ivr', 'go-on', false, 'go-on'],
  ])('of %s with %s (records: %s) is %s', (by, onMachine, isRecording, expected) => {
    expect(afterAnswer({ by, isRecording }, onMachine)).toBe(expected)
  })
})

describe('createMachineAnswer', () => {
  it('leaves the message once when the machine records, and hangs up after it', async () => {
    const { done, answer } = start({ onMachine: 'leave-message' })
    answer('machine')
    expect(done).toEqual([])
    answer('machine', true)
    answer('machine', true)
    await expect.poll(() => done).toEqual(['say We call you back.', 'hang up: answering-machine'])
  })

  it('hangs up without a word when the message is no longer known', async () => {
    const { done, answer } = start({ onMachine: 'leave-message' }, '')
    answer('machine', true)
    await expect.poll(() => done.at(-1)).toBe('hang up: answering-machine')
  })

  it('only hears what is said before somebody is known to be there, or we have spoken', () => {
    const { machine, answer } = start({ onMachine: 'hang-up' })
    expect(machine.isOnlyHeard).toBe(true)
    answer('human')
    expect(machine.isOnlyHeard).toBe(false)
    const other = start({ onMachine: 'leave-message' })
    other.machine.greeted()
    expect(other.machine.isOnlyHeard).toBe(false)
  })

  it('does not answer a machine that it waits for, and answers one that it is to talk to', () => {
    const waiting = start({ onMachine: 'leave-message' })
    waiting.answer('machine')
    expect(waiting.machine.isOnlyHeard).toBe(true)
    const talking = start({ onMachine: 'go-on' })
    talking.answer('machine')
    expect(talking.machine.isOnlyHeard).toBe(false)
    expect(start({}).machine.isOnlyHeard).toBe(false)
  })
})

describe('toMessage', () => {
  it('says that an AI speaks, once', () => {
    const line = testLine
    const { disclosure } = line.languages.en ?? { disclosure: '' }
    expect(toMessage(line, 'We call you back.')).toBe(`${disclosure} We call you back.`)
    expect(toMessage(line, `Hello. ${disclosure} Bye.`)).toBe(`Hello. ${disclosure} Bye.`)
    expect(toMessage(line, undefined)).toBeUndefined()
  })
})

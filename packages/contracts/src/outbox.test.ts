import { describe, expect, it } from 'vitest'
import { createInbox, createOutbox } from './outbox.ts'

describe('createOutbox', () => {
  it('numbers messages and holds them, in order, until they are acknowledged', () => {
    const outbox = createOutbox<{ seq: number; text: string }>({ maxPending: 3 })
    for (const text of ['a', 'b', 'c']) outbox.add((seq) => ({ seq, text }))
    expect(() => outbox.add((seq) => ({ seq, text: 'd' }))).toThrow('3 messages')
    outbox.acknowledge(2)
    expect(outbox.pending()).toEqual([{ seq: 3, text: 'c' }])
    expect(outbox.add((seq) => ({ seq, text: 'd' })).seq).toBe(4)
  })
})

describe('createInbox', () => {
  it('accepts each number once', () => {
    const inbox = createInbox()
    expect([1, 2, 2, 1, 3].map((seq) => inbox.accept(seq))).toEqual([
      true,
      true,
      false,
      false,
      true,
    ])
    expect(inbox.handled).toBe(3)
  })
})

import type { CallEvent, CallRecord } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { createPrices } from '../records/prices.ts'
import { createCostBook } from './cost-book.ts'

const prices = createPrices({
  llm: { default: { eurPerMillionPromptTokens: 1, eurPerMillionCompletionTokens: 10 } },
  tts: { default: { eurPerMillionCharacters: 100 } },
  asr: { default: { eurPerHour: 3.6 } },
  telephony: { default: { eurPerMinute: 0.06 } },
})
const call: CallRecord = {
  ...{ id: 'c1', line: 'inn', state: 'active', room: 'r', roomSid: 'RM', greeting: '' },
  ...{ createdAt: 0, activeAt: 1000, turns: [] },
}
const usage = { promptTokens: 100_000, completionTokens: 1000, totalTokens: 101_000 }
const finished: CallEvent = { type: 'turn-finished', at: 5000, turnId: 't', usage }
const say: CallEvent = {
  ...{ type: 'say', at: 4000, turnId: 't', index: 0, text: 'x'.repeat(1000), kind: 'reply' },
}

describe('createCostBook', () => {
  it('adds what the model and the voice cost, and the time on the line until now', () => {
    const book = createCostBook(prices)
    expect(book.take(call, say)).toBeCloseTo(0.1, 9)
    expect(book.take(call, finished)).toBeCloseTo(0.11, 9)
    // Ten seconds: 0.01 € of recognition and 0.01 € of telephone.
    expect(book.costEur(call, 11_000)).toBeCloseTo(0.21 + 0.02, 9)
    expect(book.costEur(call, 21_000)).toBeCloseTo(0.21 + 0.04, 9)
  })

  it('prices the time on the line once when the call has ended', () => {
    const book = createCostBook(prices)
    const ended: CallRecord = { ...call, state: 'ended', endedAt: 11_000 }
    book.take(ended, { type: 'call-ended', at: 11_000, reason: 'agent-goodbye' })
    expect(book.costEur(ended, 99_000)).toBeCloseTo(0.02, 9)
  })

  it('knows what a call has cost in the process before, and nothing of one it forgot', () => {
    const book = createCostBook(prices)
    book.take(call, finished)
    book.restore(call.id, [say, finished])
    expect(book.costEur(call, 1000)).toBeCloseTo(0.32, 9)
    book.forget(call.id)
    expect(book.costEur(call, 1000)).toBe(0)
  })
})

import { describe, expect, it } from 'vitest'
import type { AppendOutcome, StoreEntry } from '../store/call-store.ts'
import { toCallRecord } from './apply-event.ts'
import { createJournal } from './journal.ts'

function create({ capacity = 10 } = {}) {
  const waiting: StoreEntry[] = []
  const journal = createJournal({
    record: toCallRecord('c', {
      ...({ type: 'call-created', at: 1, room: 'r', roomSid: 's', jobId: 'j' } as const),
      ...{ line: 'l', greeting: '' },
    }),
    ttlSeconds: 60,
    store: {
      isHealthy: true,
      append(entry) {
        if (waiting.length < capacity) waiting.push(entry)
        else entry.onOutcome?.('dropped')
      },
    },
    metrics: { event: () => {}, illegalTransition: () => {} },
    lease: () => ({ epoch: 1, token: 1, jobId: 'j', handled: 0 }),
    now: () => 1,
  })
  const settleNext = (outcome: AppendOutcome = 'written') => waiting.shift()?.onOutcome?.(outcome)
  const emit = () => journal.emit({ type: 'dtmf', at: 1, digit: '1' })
  /** What the journal's promise has come to by now. */
  const stored = () => {
    const seen: (boolean | undefined)[] = []
    void journal.stored({ timeoutMs: 60_000 })?.then((isOurs) => seen.push(isOurs))
    return seen
  }
  return { journal, emit, settleNext, stored }
}

const soon = () => Promise.resolve().then(() => {})

describe('what a journal has stored', () => {
  it('is waited for without what was emitted later', async () => {
    const { emit, settleNext, stored } = create()
    emit()
    emit()
    const seen = stored()
    emit()
    settleNext()
    await soon()
    expect(seen).toEqual([])
    settleNext()
    await soon()
    expect(seen).toEqual([true])
  })

  it('is not taken for written because a later event was dropped', async () => {
    const { journal, emit, settleNext, stored } = create({ capacity: 1 })
    emit()
    const seen = stored()
    emit() // no room for it
    await soon()
    expect(seen).toEqual([])
    settleNext()
    await soon()
    expect(seen).toEqual([true])
    expect(journal.stored({ timeoutMs: 1 })).toBeUndefined()
  })

  it('is refused to all who wait once another process holds the call', async () => {
    const { emit, settleNext, stored } = create()
    emit()
    const first = stored()
    emit()
    const second = stored()
    settleNext('fenced')
    await soon()
    expect([first, second]).toEqual([[false], [false]])
  })
})

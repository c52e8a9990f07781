import { type CallEvent, line as lineSchema } from '@trunkline/contracts'
import { createLogger } from '@trunkline/telemetry'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { testLine } from '../../test/support/test-line.ts'
import { at, onPhone, startJournal, transferServices } from '../../test/support/transferring.ts'
import { createCallTransfers } from './call-transfers.ts'
import type { TransferServices } from './transfer-services.ts'

const line = lineSchema.parse({
  ...testLine,
  tools: ['transfer_call'],
  transfer: { targets: { desk: { to: '4711' } } },
})
const wish = { to: 'desk', by: 'dialogue', turnId: 'turn-1' } as const

/** A call in which nothing can be transferred without `services`: what is looked at is when it begins. */
function startCall({ services }: { services?: TransferServices } = {}) {
  const events: CallEvent['type'][] = []
  const hints: string[] = []
  const over = new AbortController()
  const journal = startJournal((event) => {
    events.push(event.type)
    transfers.noteEvent(event)
  })
  const transfers = createCallTransfers({
    ...{ line, journal, services, logger: createLogger('test', { level: 'silent' }) },
    epoch: () => 1,
    say({ turnId, index, text }) {
      journal.emit({ type: 'say', at, turnId, index, text, kind: 'prompt' })
      setImmediate(() => journal.emit({ type: 'heard', at, turnId, text, interrupted: false }))
    },
    ask: async () => true,
    hint: (text) => void hints.push(text),
    stopTurn: () => {},
    answerWaiting: () => {},
    isEnding: () => journal.record.state === 'ending',
    endNow: async () => {},
    now: () => at,
    signal: over.signal,
  })
  journal.emit({ type: 'call-active', at })
  const receive = (turnId: string) =>
    journal.emit({
      ...{ type: 'turn-received', at, turnId },
      text: 'x',
      language: 'en',
      source: 'speech',
    })
  return { journal, transfers, events, hints, receive, over }
}
const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('a transfer that the model has asked for', () => {
  it('begins when its turn is over, and not before', async () => {
    const { journal, transfers, events, receive } = startCall()
    receive('turn-1')
    expect(transfers.beginAfterTurn(wish)).toBe('taken')
    await settled()
    expect(events).not.toContain('call-transferring')
    journal.emit({ type: 'turn-finished', at, turnId: 'turn-1' })
    await settled()
    expect(events).toContain('call-transferring')
    expect(journal.record.transfer).toMatchObject({ target: 'desk', turnId: 'turn-1' })
  })

  it.each<[string, (call: ReturnType<typeof startCall>) => void]>([
    [
      'is interrupted',
      ({ journal }) => void journal.emit({ type: 'turn-cancelled', at, turnId: 'turn-1' }),
    ],
    ['is followed by another', ({ receive }) => void receive('turn-2')],
  ])('does not begin when its turn %s, and the model is told', async (_name, interrupt) => {
    const call = startCall()
    call.receive('turn-1')
    call.transfers.beginAfterTurn(wish)
    interrupt(call)
    call.journal.emit({ type: 'turn-finished', at, turnId: 'turn-1' })
    await settled()
    expect(call.events).not.toContain('call-transferring')
    expect(call.hints.join()).toContain('was not begun')
  })

  it('without a ledger is not made: the caller is told, and the model', async () => {
    const { journal, transfers, events, hints } = startCall()
    expect(transfers.begin(wish)).toBe('taken')
    expect(transfers.begin(wish)).toBe('not-now')
    while (!events.includes('transfer-failed')) await settled()
    expect(journal.record).toMatchObject({ state: 'active' })
    expect(journal.record.prompts?.at(-1)?.says[0]?.text).toContain('could not put you through')
    expect(hints.join()).toContain('(unavailable)')
  })

  it('is dropped by a call that ends', async () => {
    const { journal, transfers, events } = startCall()
    transfers.begin(wish)
    journal.emit({ type: 'call-ending', at, reason: 'max-duration' })
    await settled()
    await settled()
    expect(events).not.toContain('transfer-failed')
    expect(transfers.begin(wish)).toBe('not-now')
  })
})

describe('a transfer that was done', () => {
  it('is on record before the ledger has it: who was handed over may hang up meanwhile', async () => {
    let closeLedger = () => {}
    const services = transferServices({
      rooms: { participants: async () => [onPhone()], removeParticipant: async () => {} },
      effects: {
        open: async () => ({ kind: 'pending', key: 'k1' }),
        close: () =>
          new Promise<void>((resolve) => {
            closeLedger = resolve
          }),
      },
    })
    const { journal, transfers, events, over } = startCall({ services })
    transfers.begin(wish)
    while (!events.includes('call-bridged')) await settled()
    expect(journal.record.state).toBe('bridged')
    closeLedger()
    await settled()
    expect(events.filter((type) => type === 'call-bridged')).toHaveLength(1)
    over.abort()
  })
})

describe('a bridged call', () => {
  afterEach(() => void vi.useRealTimers())

  it('is watched once however often it is resumed, and no more when it is over', async () => {
    vi.useFakeTimers()
    let looks = 0
    const services = transferServices({
      rooms: {
        async participants() {
          looks += 1
          return [onPhone('sip_1'), onPhone('colleague-1')]
        },
        removeParticipant: async () => {},
      },
    })
    const { journal, transfers, over } = startCall({ services })
    journal.emit({ at, type: 'call-transferring', actionId: 'a1', mode: 'warm' })
    journal.emit({ at, type: 'call-bridged' })
    transfers.resume()
    transfers.resume()
    await vi.advanceTimersByTimeAsync(3000)
    expect(looks).toBe(3)
    over.abort()
    await vi.advanceTimersByTimeAsync(3000)
    expect(looks).toBe(3)
  })
})

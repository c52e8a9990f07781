import type { DtmfEntry } from '@trunkline/contracts'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Outgoing } from '../channel/outgoing.ts'
import { createKeys } from './keys.ts'

const entry: DtmfEntry = {
  maxDigits: 4,
  terminator: '#',
  interDigitMs: 2000,
  interrupts: true,
  secret: false,
}

function create({ hasRules = true } = {}) {
  vi.useFakeTimers()
  const sent: Outgoing[] = []
  const entries: [string, boolean][] = []
  let cutIns = 0
  const keys = createKeys({
    unasked: hasRules ? { entry, menuKeys: ['0'] } : undefined,
    send: (message) => void sent.push(message),
    onCutIn: () => {
      cutIns += 1
    },
    onEntry: (digits, { isSecret }) => entries.push([digits, isSecret]),
  })
  onTestFinished(() => keys.close())
  const press = (digits: string) => {
    for (const digit of digits) keys.press(digit)
  }
  return { keys, press, sent, entries, cutIns: () => cutIns }
}

describe('createKeys', () => {
  it('tells each key, and takes a pause for the end of the entry', () => {
    const { press, sent, entries } = create()
    press('12')
    vi.advanceTimersByTime(1999)
    press('3')
    vi.advanceTimersByTime(1999)
    expect(entries).toEqual([])
    vi.advanceTimersByTime(1)
    expect(entries).toEqual([['123', false]])
    expect(sent).toEqual(['1', '2', '3'].map((digit) => ({ type: 'dtmf', digit })))
    vi.advanceTimersByTime(10_000)
    expect(entries).toHaveLength(1)
  })

  it('silences us with the first key of an entry, where the entry wants it', () => {
    const { keys, press, cutIns } = create()
    press('12')
    expect(cutIns()).toBe(1)
    press('#')
    keys.expect({ ...entry, interrupts: false })
    press('12')
    expect(cutIns()).toBe(1)
  })

  it('marks what belongs to a secret entry', () => {
    const { keys, press, sent, entries } = create()
    keys.expect({ ...entry, secret: true })
    press('0#')
    expect(sent).toEqual([
      { type: 'dtmf', digit: '0', secret: true },
      { type: 'dtmf', digit: '#', secret: true },
    ])
    keys.expect(undefined)
    press('0')
    expect(entries).toEqual([
      ['0', true],
      ['0', false],
    ])
    expect(sent.at(-1)).toEqual({ type: 'dtmf', digit: '0' })
  })

  it('keeps an entry secret that is over when something else is awaited', () => {
    const { keys, press, sent, entries } = create()
    keys.expect({ ...entry, secret: true })
    press('12')
    keys.expect(undefined)
    vi.advanceTimersByTime(2000)
    expect(entries).toEqual([['12', true]])
    keys.expect({ ...entry, secret: true })
    press('34')
    keys.expect(undefined)
    press('5#')
    expect(entries.at(-1)).toEqual(['345', true])
    expect(sent.every((message) => message.type === 'dtmf' && message.secret)).toBe(true)
    press('67#')
    expect(entries.at(-1)).toEqual(['67', false])
  })

  it('keeps what was keyed in before the dialogue asked for it', () => {
    const { keys, press, entries } = create()
    press('12')
    keys.expect({ ...entry, maxDigits: 3 })
    press('3')
    expect(entries).toEqual([['123', false]])
  })

  it('only tells keys when there are no rules for them', () => {
    const { press, sent, entries, cutIns } = create({ hasRules: false })
    press('12#')
    vi.advanceTimersByTime(10_000)
    expect(sent).toHaveLength(3)
    expect(entries).toEqual([])
    expect(cutIns()).toBe(0)
  })
})

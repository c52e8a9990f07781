import type { DtmfEntry } from '@trunkline/contracts'
import { describe, expect, it } from 'vitest'
import { endEntry, noKeys, type PendingEntry, pressKey, toEntryRules } from './dtmf-entry.ts'

const entry: DtmfEntry = {
  maxDigits: 6,
  terminator: '#',
  interDigitMs: 2500,
  interrupts: true,
  secret: false,
}
const rules = { entry, menuKeys: ['0', '*'] }
const awaited = { entry, menuKeys: [] }

/** Presses one key each 100 ms. */
function press(keys: string, used = rules) {
  let pending: PendingEntry = noKeys
  const entries: string[] = []
  for (const [index, key] of [...keys].entries()) {
    const step = pressKey(pending, key, { at: index * 100, rules: used })
    pending = step.pending
    if (step.entry !== undefined) entries.push(step.entry)
  }
  return { pending, entries }
}

describe('pressKey', () => {
  it.each([
    ['12#', rules, ['12'], ''],
    ['123456', rules, ['123456'], ''],
    ['1234567', rules, ['123456'], '7'],
    ['#', rules, [], ''],
    ['##1#', rules, ['1'], ''],
    ['0', rules, ['0'], ''],
    ['*12#', rules, ['*', '12'], ''],
    ['10#', rules, ['10'], ''],
    ['0', awaited, [], '0'],
    ['012#', awaited, ['012'], ''],
    ['12*', { entry: { ...entry, terminator: '*' as const }, menuKeys: [] }, ['12'], ''],
    [
      '1#2',
      { entry: { ...entry, terminator: undefined, maxDigits: 3 }, menuKeys: [] },
      ['1#2'],
      '',
    ],
  ])('%s', (keys, used, entries, left) => {
    const pressed = press(keys, used)
    expect(pressed.entries).toEqual(entries)
    expect(pressed.pending.digits).toBe(left)
  })

  it('is due a pause after the last key', () => {
    expect(press('12').pending).toEqual({ digits: '12', dueAt: 100 + 2500 })
    expect(press('').pending.dueAt).toBeUndefined()
    expect(press('12#').pending.dueAt).toBeUndefined()
  })

  it('takes a hundred keys in order and holds no more than one entry', () => {
    const keys = Array.from({ length: 100 }, (_, index) => String((index % 9) + 1)).join('')
    const { entries, pending } = press(keys)
    expect(entries.join('') + pending.digits).toBe(keys)
    expect(entries.every(({ length }) => length === 6)).toBe(true)
  })
})

describe('endEntry', () => {
  it('takes what was keyed in before the pause, and nothing of nothing', () => {
    expect(endEntry(press('12').pending)).toEqual({ pending: noKeys, entry: '12' })
    expect(endEntry(noKeys)).toEqual({ pending: noKeys })
  })
})

describe('toEntryRules', () => {
  it('has no menu while an entry is awaited', () => {
    expect(toEntryRules(rules, undefined)).toEqual(rules)
    expect(toEntryRules(rules, { ...entry, secret: true })).toEqual({
      entry: { ...entry, secret: true },
      menuKeys: [],
    })
    expect(toEntryRules(undefined, undefined)).toBeUndefined()
  })
})

import type { DtmfEntry } from '@trunkline/contracts'
import type { Send } from '../channel/outgoing.ts'
import {
  type EntryRules,
  type EntryStep,
  endEntry,
  noKeys,
  pressKey,
  toEntryRules,
} from './dtmf-entry.ts'

/** The caller's keys: each is told, and those of one entry become a turn. */
export interface Keys {
  press(key: string): void
  /** What the dialogue awaits from now on; undefined: nothing, the line's own rules hold. Keys so far are kept. */
  expect(awaited: DtmfEntry | undefined): void
  close(): void
}

export interface KeysOptions {
  /** The line's own rules; none: keys are told and nothing else. */
  readonly unasked: EntryRules | undefined
  readonly send: Send
  /** The first key of an entry that is to silence us. */
  readonly onCutIn: () => void
  readonly onEntry: (digits: string, how: EntryHow) => void
}

/** How an entry was made. */
export interface EntryHow {
  readonly interrupts: boolean
  /** A key of it at least was awaited as secret. */
  readonly isSecret: boolean
  /** It is one key of the line's menu. */
  readonly isMenuKey: boolean
}

export function createKeys({ unasked, send, onCutIn, onEntry }: KeysOptions): Keys {
  let rules = unasked
  let pending = noKeys
  /** Some of them were pressed while a secret was awaited, whatever is awaited by the time that they are an entry. */
  let isPendingSecret = false
  let timer: NodeJS.Timeout | undefined

  const take = (step: EntryStep, { entry: rule }: EntryRules) => {
    pending = step.pending
    clearTimeout(timer)
    if (pending.dueAt !== undefined) {
      timer = setTimeout(
        () => take(endEntry(pending), rules ?? { entry: rule, menuKeys: [] }),
        rule.interDigitMs,
      )
    }
    const isSecret = rule.secret || isPendingSecret
    isPendingSecret = isSecret && pending.digits !== ''
    if (step.entry === undefined) return
    const { interrupts } = rule
    onEntry(step.entry, { interrupts, isSecret, isMenuKey: step.isMenuKey === true })
  }
  return {
    press(key) {
      const isSecret = rules?.entry.secret === true || isPendingSecret
      send({ type: 'dtmf', digit: key, ...(isSecret && { secret: true }) })
      if (!rules) return
      const isFirst = pending.digits === ''
      if (isFirst && rules.entry.interrupts) onCutIn()
      take(pressKey(pending, key, { at: performance.now(), rules }), rules)
    },
    expect(awaited) {
      rules = toEntryRules(unasked, awaited)
    },
    close: () => clearTimeout(timer),
  }
}

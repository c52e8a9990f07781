import type { DtmfEntry } from '@trunkline/contracts'

/** How the next keys are taken. */
export interface EntryRules {
  readonly entry: DtmfEntry
  /** One of these as the first key is an entry by itself. */
  readonly menuKeys: readonly string[]
}

/** Keys that may yet become an entry. */
export interface PendingEntry {
  readonly digits: string
  /** When a pause ends it; undefined before the first key. */
  readonly dueAt?: number
}

export interface EntryStep {
  readonly pending: PendingEntry
  /** What is complete with this key. */
  readonly entry?: string
  /** That is one key of the menu. */
  readonly isMenuKey?: true
}

export const noKeys: PendingEntry = { digits: '' }

/** An entry that the dialogue awaits goes before what the line does with keys that nobody has asked for. */
export function toEntryRules(
  unasked: EntryRules | undefined,
  awaited: DtmfEntry | undefined,
): EntryRules | undefined {
  if (awaited) return { entry: awaited, menuKeys: [] }
  return unasked
}

/** One key. Times are milliseconds of any one clock. */
export function pressKey(
  { digits }: PendingEntry,
  key: string,
  { at, rules }: { at: number; rules: EntryRules },
): EntryStep {
  const { entry, menuKeys } = rules
  if (digits === '' && menuKeys.includes(key))
    return { pending: noKeys, entry: key, isMenuKey: true }
  // A terminator alone ends nothing.
  if (key === entry.terminator) return complete(digits)
  const more = digits + key
  if (more.length >= entry.maxDigits) return complete(more)
  return { pending: { digits: more, dueAt: at + entry.interDigitMs } }
}

/** The pause after the last key was long enough. */
export function endEntry({ digits }: PendingEntry): EntryStep {
  return complete(digits)
}

function complete(digits: string): EntryStep {
  return digits === '' ? { pending: noKeys } : { pending: noKeys, entry: digits }
}

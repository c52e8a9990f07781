import { secretMask } from '@trunkline/contracts'

/** What a caller has entered as secret, by keys: known to tools alone, and to this process alone. */
export interface SecretEntry {
  keep(value: string): void
  /** The newest; undefined when there was none, or another process had it. */
  readonly value: string | undefined
}

export function createSecretEntry(): SecretEntry {
  let value: string | undefined
  return {
    keep(entered) {
      value = entered
    },
    get value() {
      return value
    },
  }
}

export type Revealed =
  | { readonly ok: true; readonly arguments: Readonly<Record<string, unknown>> }
  /** The mask is there, and what it stands for is not. */
  | { readonly ok: false }

/** A tool's arguments with what was entered in place of its mask, at any depth. */
export function revealSecret(
  args: Readonly<Record<string, unknown>>,
  value: string | undefined,
): Revealed {
  let isLost = false
  const reveal = (item: unknown): unknown => {
    if (typeof item === 'string') {
      if (!item.includes(secretMask)) return item
      isLost ||= value === undefined
      return item.replaceAll(secretMask, value ?? '')
    }
    if (Array.isArray(item)) return item.map(reveal)
    if (typeof item !== 'object' || item === null) return item
    return revealRecord(item)
  }
  const revealRecord = (record: object): Record<string, unknown> =>
    Object.fromEntries(Object.entries(record).map(([key, item]) => [key, reveal(item)]))
  const revealed = revealRecord(args)
  return isLost ? { ok: false } : { ok: true, arguments: revealed }
}

import { createHmac } from 'node:crypto'

export interface SignedParts {
  readonly id: string
  /** Seconds since the epoch. */
  readonly timestampSeconds: number
  readonly body: string
}

/** Standard Webhooks asks for 24 to 64 bytes. */
const keyBytes = { min: 24, max: 64 } as const
const maxSecrets = 2
const prefix = 'whsec_'

/**
 * The keys in a secret's value: one, or while it is being changed two, parted by blanks or line ends. Undefined when
 * one of them is no `whsec_` secret.
 */
export function readSecrets(value: string): readonly Buffer[] | undefined {
  const words = value.split(/\s+/).filter((word) => word !== '')
  if (words.length === 0 || words.length > maxSecrets) return undefined
  const keys = words.map((word) =>
    /^whsec_[A-Za-z0-9+/]+={0,2}$/.test(word)
      ? Buffer.from(word.slice(prefix.length), 'base64')
      : Buffer.alloc(0),
  )
  const isSound = keys.every(({ length }) => length >= keyBytes.min && length <= keyBytes.max)
  return isSound ? keys : undefined
}

/** The headers of Standard Webhooks, with one signature for each key. */
export function toSignedHeaders(
  { id, timestampSeconds, body }: SignedParts,
  keys: readonly Buffer[],
): Record<string, string> {
  const content = `${id}.${timestampSeconds}.${body}`
  const signatures = keys.map(
    (key) => `v1,${createHmac('sha256', key).update(content).digest('base64')}`,
  )
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestampSeconds),
    'webhook-signature': signatures.join(' '),
  }
}

import { createHash } from 'node:crypto'

/** What makes two requests the same effect: a repeat in the same call is answered from the ledger. */
export interface EffectIdentity {
  readonly callId: string
  readonly tool: string
  /** The arguments that name the effect, in canonical form: "Emma Fischer" and "emma fischer" are one guest. */
  readonly identity: Readonly<Record<string, string | number | boolean | undefined>>
}

/** The ledger's key: the same whatever order the arguments come in. */
export function toEffectKey({ callId, tool, identity }: EffectIdentity): string {
  const entries = Object.entries(identity)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return createHash('sha256')
    .update(JSON.stringify([callId, tool, entries]))
    .digest('hex')
}

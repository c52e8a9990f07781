import { eq, sql } from 'drizzle-orm'
import type { DatabaseClient, DatabaseTransaction } from './database.ts'
import { EffectError } from './effect-error.ts'
import { type EffectIdentity, toEffectKey } from './effect-key.ts'
import { callEpochs, effects } from './schema.ts'

export interface EffectRequest extends EffectIdentity {
  readonly turnId: string
  /** The call's fencing number: refused when a newer one is known. */
  readonly epoch: number
  /** As the model gave them, for the record. */
  readonly arguments: Readonly<Record<string, unknown>>
}

export type EffectResult = Readonly<Record<string, unknown>>

/** What a step that changes the world came to. One that is refused has changed nothing. */
export type EffectStep =
  | { readonly ok: true; readonly result: EffectResult }
  | { readonly ok: false; readonly result: EffectResult }

export type EffectOutcome =
  | { readonly kind: 'committed'; readonly result: EffectResult }
  /** Done earlier in this call; the result is the one of then. */
  | { readonly kind: 'repeated'; readonly result: EffectResult }
  | { readonly kind: 'refused'; readonly result: EffectResult }

export interface EffectLedger {
  /**
   * Runs `perform` at most once per key, in one transaction with the ledger's row. An abort before the effect is
   * pending leaves nothing; after that it is finished, whatever happens to the signal.
   * @throws {EffectError}
   */
  run(
    request: EffectRequest,
    perform: (tx: DatabaseTransaction, key: string) => Promise<EffectStep>,
    options: { signal: AbortSignal },
  ): Promise<EffectOutcome>
  /** Makes `epoch` the call's newest: jobs with an older one can write no effect from now on. */
  fence(call: { callId: string; epoch: number }): Promise<void>
}

/**
 * How far an effect has come, in order. `performed`: the hotel's row is written; `marked`: the ledger's row says
 * committed. Both lie in one transaction, which `committed` follows: the built-in hotel is in the same database.
 */
export type EffectProgress = 'begun' | 'pending' | 'performed' | 'marked' | 'committed'

export interface EffectLedgerOptions {
  /** Told of each step before the next one begins. */
  readonly onProgress?: (progress: EffectProgress) => void
}

/** The record of what calls have changed (design section 6). */
export function createEffectLedger(
  client: DatabaseClient,
  { onProgress = () => {} }: EffectLedgerOptions = {},
): EffectLedger {
  return {
    async run(request, perform, { signal }) {
      const key = toEffectKey(request)
      const { epoch } = request
      onProgress('begun')
      const stored = await beginEffect(client, request, { key, signal })
      if (stored) return { kind: 'repeated', result: stored }
      onProgress('pending')
      try {
        const outcome = await client.transaction(async (tx) => {
          const found = await finish(tx, { key, epoch }, async (inner) => {
            const step = await perform(inner, key)
            onProgress('performed')
            return step
          })
          onProgress('marked')
          return found
        })
        onProgress('committed')
        return outcome
      } catch (error) {
        if (error instanceof EffectError) throw error
        return await settleFailure(client, { key, error })
      }
    },
    async fence(call) {
      await client.transaction((tx) => raiseEpoch(tx, call))
    },
  }
}

/** Writes `pending` and commits it, or returns the result of a committed one. */
export async function beginEffect(
  client: DatabaseClient,
  request: EffectRequest,
  { key, signal }: { key: string; signal: AbortSignal },
): Promise<EffectResult | undefined> {
  signal.throwIfAborted()
  const { callId, turnId, tool, epoch } = request
  try {
    return await client.transaction(async (tx) => {
      await raiseEpoch(tx, request)
      const pending = { turnId, epoch, arguments: request.arguments, state: 'pending' as const }
      const inserted = await tx
        .insert(effects)
        .values({ key, callId, tool, ...pending })
        .onConflictDoNothing()
        .returning({ key: effects.key })
      if (inserted.length === 0) {
        const known = await lockEffect(tx, key)
        if (known?.state === 'committed' && known.result) return known.result
        const again = { ...pending, result: null, updatedAt: sql`now()` }
        await tx.update(effects).set(again).where(eq(effects.key, key))
      }
      signal.throwIfAborted() // rolls back: not pending yet
      return undefined
    })
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof EffectError) throw error
    throw new EffectError('unavailable', 'the ledger cannot be written', { cause: error })
  }
}

async function finish(
  tx: DatabaseTransaction,
  { key, epoch }: { key: string; epoch: number },
  perform: (tx: DatabaseTransaction) => Promise<EffectStep>,
): Promise<EffectOutcome> {
  // The row's lock puts two requests for one key one after the other.
  const known = await lockEffect(tx, key)
  if (known?.state === 'committed' && known.result) {
    return { kind: 'repeated', result: known.result }
  }
  // A newer job has begun the same effect since: what becomes of it is its business alone.
  if (known && known.epoch > epoch) {
    throw new EffectError('superseded', 'a newer job has begun this effect')
  }
  const { ok, result } = await perform(tx)
  const state = ok ? 'committed' : 'failed'
  await tx.update(effects).set({ state, result, updatedAt: sql`now()` }).where(eq(effects.key, key))
  return ok ? { kind: 'committed', result } : { kind: 'refused', result }
}

/** A broken connection at commit leaves the outcome open: the row itself knows it. */
async function settleFailure(
  client: DatabaseClient,
  { key, error }: { key: string; error: unknown },
): Promise<EffectOutcome> {
  let stored: EffectResult | undefined
  try {
    stored = await client.transaction(async (tx) => {
      const known = await lockEffect(tx, key)
      if (known?.state === 'committed' && known.result) return known.result
      const failed = { state: 'failed' as const, updatedAt: sql`now()` }
      await tx.update(effects).set(failed).where(eq(effects.key, key))
      return undefined
    })
  } catch (second) {
    throw new EffectError('unknown', 'whether the effect happened is not known', { cause: second })
  }
  if (stored) return { kind: 'committed', result: stored }
  throw new EffectError('failed', 'the effect was rolled back', { cause: error })
}

async function lockEffect(tx: DatabaseTransaction, key: string) {
  const rows = await tx
    .select({ state: effects.state, result: effects.result, epoch: effects.epoch })
    .from(effects)
    .where(eq(effects.key, key))
    .for('update')
  return rows[0]
}

async function raiseEpoch(
  tx: DatabaseTransaction,
  { callId, epoch }: { callId: string; epoch: number },
): Promise<void> {
  const rows = await tx
    .insert(callEpochs)
    .values({ callId, epoch })
    .onConflictDoUpdate({
      target: callEpochs.callId,
      set: { epoch: sql`greatest(${callEpochs.epoch}, excluded.epoch)`, updatedAt: sql`now()` },
    })
    .returning({ epoch: callEpochs.epoch })
  const newest = rows[0]?.epoch ?? epoch
  if (newest > epoch) throw new EffectError('superseded', 'a newer job has this call')
}

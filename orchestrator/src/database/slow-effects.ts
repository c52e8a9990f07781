import { eq, sql } from 'drizzle-orm'
import type { DatabaseClient } from './database.ts'
import { toEffectKey } from './effect-key.ts'
import { beginEffect, type EffectRequest, type EffectResult } from './effect-ledger.ts'
import { effects } from './schema.ts'

/**
 * Effects that happen outside our database and take their time, such as a transfer: what was begun is committed before,
 * what came of it after. A row that stays `pending` says that nobody knows.
 */
export interface SlowEffects {
  /**
   * Writes `pending`, or gives the result of what was done before.
   * @throws {EffectError} `unavailable`, `superseded`; the reason of an aborted `signal`
   */
  open(
    request: EffectRequest,
    options: { signal: AbortSignal },
  ): Promise<
    | { readonly kind: 'pending'; readonly key: string }
    | { readonly kind: 'repeated'; readonly result: EffectResult }
  >
  /** @throws when the database is away: the row stays pending */
  close(
    key: string,
    outcome: { readonly ok: boolean; readonly result: EffectResult },
  ): Promise<void>
}

export function createSlowEffects(client: DatabaseClient): SlowEffects {
  return {
    async open(request, { signal }) {
      const key = toEffectKey(request)
      const stored = await beginEffect(client, request, { key, signal })
      return stored ? { kind: 'repeated', result: stored } : { kind: 'pending', key }
    },
    async close(key, { ok, result }) {
      const state = ok ? ('committed' as const) : ('failed' as const)
      await client.transaction((tx) =>
        tx
          .update(effects)
          .set({ state, result, updatedAt: sql`now()` })
          .where(eq(effects.key, key)),
      )
    },
  }
}

import { inArray, sql } from 'drizzle-orm'
import type { DatabaseTransaction } from '../database/database.ts'
import { callEvents, calls, goneCalls } from '../database/records-schema.ts'
import { callEpochs } from '../database/schema.ts'
import { emptyEffects } from './remove-words.ts'

/**
 * Removes calls with their events, turns and transcripts, and drops what may still come of them. Use and costs stay,
 * and so does the hotel's own reservation.
 */
export async function removeCalls(
  tx: DatabaseTransaction,
  callIds: readonly string[],
  { now }: { now: number },
): Promise<{ effects: number }> {
  if (callIds.length === 0) return { effects: 0 }
  const ids = [...callIds]
  await tx
    .insert(goneCalls)
    .values(ids.map((callId) => ({ callId, at: now })))
    .onConflictDoUpdate({ target: goneCalls.callId, set: { at: sql`excluded.at` } })
  await tx.delete(callEvents).where(inArray(callEvents.callId, ids))
  await tx.delete(calls).where(inArray(calls.id, ids)) // turns and transcripts go with it
  await tx.delete(callEpochs).where(inArray(callEpochs.callId, ids))
  return { effects: await emptyEffects(tx, ids) }
}

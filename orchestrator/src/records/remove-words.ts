import { type CallEvent, callEvent, type TurnRecord, turnRecord } from '@trunkline/contracts'
import { and, eq, inArray, sql } from 'drizzle-orm'
import type { DatabaseTransaction } from '../database/database.ts'
import { callEvents, calls, transcripts, turns } from '../database/records-schema.ts'
import { effects } from '../database/schema.ts'
import { applyTextPolicy } from './text-policy.ts'

const wordless = { policy: 'none', redact: () => '' } as const

/** Takes what was said out of calls, and what tools were asked and answered; that it was said and done stays. */
export async function removeWords(
  tx: DatabaseTransaction,
  callIds: readonly string[],
  { now }: { now: number },
): Promise<void> {
  if (callIds.length === 0) return
  const ids = [...callIds]
  await tx.delete(transcripts).where(inArray(transcripts.callId, ids))
  const events = await tx.select().from(callEvents).where(inArray(callEvents.callId, ids))
  for (const { callId, eventId, event } of events) {
    const parsed = callEvent.safeParse(event)
    if (!parsed.success) continue
    const bare: CallEvent = applyTextPolicy(parsed.data, wordless)
    if (bare === parsed.data) continue
    await tx
      .update(callEvents)
      .set({ event: bare })
      .where(and(eq(callEvents.callId, callId), eq(callEvents.eventId, eventId)))
  }
  const found = await tx.select().from(turns).where(inArray(turns.callId, ids))
  for (const { callId, turnId, record } of found) {
    const bare = turnRecord.parse({
      ...{ ...record, text: '', reply: '' },
      ...toSilent(record),
      tools: record.tools.map((tool) => ({ ...tool, arguments: {}, result: null })),
    })
    await tx
      .update(turns)
      .set({ record: bare })
      .where(and(eq(turns.callId, callId), eq(turns.turnId, turnId)))
  }
  await emptyEffects(tx, ids)
  const told = await tx
    .select({ id: calls.id, record: calls.record })
    .from(calls)
    .where(inArray(calls.id, ids))
    .for('update') // a late event may make the row anew meanwhile
  for (const { id, record } of told) {
    const { greetingHeard: _heard, actions: _actions, prompts, ...rest } = record
    const bare = {
      ...rest,
      ...(prompts && { prompts: prompts.map((prompt) => ({ ...prompt, ...toSilent(prompt) })) }),
    }
    await tx.update(calls).set({ transcriptRemovedAt: now, record: bare }).where(eq(calls.id, id))
  }
}

/** Sentences and what was heard of them, without their words. */
function toSilent({ says, heard }: Pick<TurnRecord, 'says' | 'heard'>) {
  return {
    ...(heard === undefined ? {} : { heard: '' }),
    ...(says && { says: says.map((say) => ({ ...say, text: '' })) }),
  }
}

/** A reservation points at its effect, and the key must go on refusing a repeat: the rows stay, empty. */
export async function emptyEffects(
  tx: DatabaseTransaction,
  callIds: readonly string[],
): Promise<number> {
  const emptied = await tx
    .update(effects)
    .set({
      arguments: {},
      result: sql`case when ${effects.result} is null then null else '{}'::jsonb end`,
    })
    .where(inArray(effects.callId, [...callIds]))
    .returning({ key: effects.key })
  return emptied.length
}

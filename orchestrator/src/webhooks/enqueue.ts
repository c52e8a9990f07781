import { createHash } from 'node:crypto'
import type { CallEvent, CallRecord, Line, OwnerWebhook } from '@trunkline/contracts'
import { and, asc, eq, isNotNull, sql } from 'drizzle-orm'
import type { DatabaseTransaction } from '../database/database.ts'
import { effects } from '../database/schema.ts'
import type { Redact } from '../records/text-policy.ts'
import { type Endpoint, toEndpoints } from './endpoint.ts'
import { redactMessage } from './redact-message.ts'
import { webhookDeliveries, webhookEndpoints } from './tables.ts'
import {
  type OwnerMessage,
  toCallData,
  toOwnerWebhooks,
  toWebhookTypes,
} from './to-owner-webhooks.ts'

/** An event of a call, with the call as it is after it. */
export interface EnqueueRequest {
  readonly call: CallRecord
  readonly event: CallEvent
}

export interface EnqueueOptions {
  readonly line: Line
  readonly redact: Redact
  /** How long a message is tried. */
  readonly giveUpAfterMs: number
}

/**
 * Puts what an event means to the line's owner into the outbox, in the caller's own transaction: it is sent if and only
 * if that commits. Events of one call must be given in order; one that is given again adds nothing.
 * @returns how many messages were added
 */
export async function enqueueDeliveries(
  tx: DatabaseTransaction,
  { call, event }: EnqueueRequest,
  { line, redact, giveUpAfterMs }: EnqueueOptions,
): Promise<number> {
  const endpoints = toEndpoints(line)
  const types = new Set(toWebhookTypes(event).filter((type) => endpoints.some(wants(type))))
  if (types.size === 0) return 0
  const committed = types.has('effect.committed') ? await readEffects(tx, call) : []
  const messages = [...committed, ...toOwnerWebhooks(call, event)].filter(({ message }) =>
    types.has(message.type),
  )
  if (messages.length === 0) return 0

  const off = await readOffHashes(tx)
  const rows = messages.flatMap(({ key, message }) => {
    const allowed = redactMessage(message, { policy: line.privacy.transcripts, redact })
    if (!allowed) return []
    const payload = JSON.stringify(allowed)
    const messageId = toMessageId({ callId: call.id, type: message.type, key })
    return endpoints.filter(wants(message.type)).map((endpoint) => ({
      ...{ messageId, endpoint: endpoint.id, lineId: line.id, callId: call.id, payload },
      eventType: message.type,
      // Kept for a replay, but not sent: the receiver wants nothing at this address.
      ...(off.get(endpoint.id) === endpoint.urlHash
        ? { state: 'dead' as const, lastFault: 'endpoint-off' }
        : { state: 'pending' as const }),
      giveUpAt: sql`now() + ${giveUpAfterMs} * interval '1 millisecond'`,
    }))
  })
  if (rows.length === 0) return 0
  const added = await tx
    .insert(webhookDeliveries)
    .values(rows)
    .onConflictDoNothing({ target: [webhookDeliveries.endpoint, webhookDeliveries.messageId] })
    .returning({ id: webhookDeliveries.id })
  return added.length
}

const wants =
  (type: OwnerWebhook['type']) =>
  ({ settings: { events } }: Endpoint): boolean =>
    events === undefined || events.includes(type)

/** The same message has the same id, however often its event comes. */
function toMessageId(parts: { callId: string; type: string; key: string }): string {
  const { callId, type, key } = parts
  const digest = createHash('sha256')
    .update(JSON.stringify([callId, type, key]))
    .digest('base64url')
  return `msg_${digest.slice(0, 32)}`
}

/** What the call has committed so far: the ledger's word, not the model's. */
async function readEffects(
  tx: DatabaseTransaction,
  call: CallRecord,
): Promise<readonly OwnerMessage[]> {
  const rows = await tx
    .select()
    .from(effects)
    .where(and(eq(effects.callId, call.id), eq(effects.state, 'committed')))
    .orderBy(asc(effects.updatedAt), asc(effects.key))
  return rows.map((row) => ({
    key: row.key,
    message: {
      type: 'effect.committed',
      timestamp: row.updatedAt.toISOString(),
      data: {
        ...toCallData(call),
        ...{ effectId: row.key, tool: row.tool },
        ...{ arguments: { ...row.arguments }, result: { ...row.result } },
      },
    },
  }))
}

async function readOffHashes(tx: DatabaseTransaction): Promise<ReadonlyMap<string, string>> {
  const rows = await tx
    .select({ endpoint: webhookEndpoints.endpoint, urlHash: webhookEndpoints.offUrlHash })
    .from(webhookEndpoints)
    .where(isNotNull(webhookEndpoints.offUrlHash))
  return new Map(rows.flatMap(({ endpoint, urlHash }) => (urlHash ? [[endpoint, urlHash]] : [])))
}

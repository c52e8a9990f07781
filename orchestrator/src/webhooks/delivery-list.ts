import type {
  DeliveryQuery,
  DeliveryState,
  EndpointStatus,
  WebhookDelivery,
} from '@trunkline/contracts'
import { deliveryFault, webhookEventType } from '@trunkline/contracts'
import { and, count, desc, eq, inArray, lt, ne, sql } from 'drizzle-orm'
import type { DatabaseClient } from '../database/database.ts'
import type { Endpoint } from './endpoint.ts'
import { webhookDeliveries as deliveries, webhookEndpoints } from './tables.ts'

export type Replay =
  | { readonly kind: 'replayed'; readonly delivery: WebhookDelivery }
  | { readonly kind: 'unknown' }
  /** Only what is dead can be sent again. */
  | { readonly kind: 'not-dead'; readonly state: DeliveryState }

/** The outbox as operators see it. */
export interface DeliveryList {
  list(query: DeliveryQuery): Promise<{ deliveries: WebhookDelivery[]; nextCursor?: string }>
  /** Makes a dead message pending again, with a full day to be delivered. */
  replay(id: number): Promise<Replay>
  status(endpoints: readonly Endpoint[]): Promise<EndpointStatus[]>
  /** Sends to an address again that had been switched off by 410. */
  switchOn(endpoint: string): Promise<void>
}

export function createDeliveryList(
  client: DatabaseClient,
  { giveUpAfterMs }: { giveUpAfterMs: number },
): DeliveryList {
  return {
    async list({ state, line, endpoint, callId, limit, cursor }) {
      const rows = await client
        .select()
        .from(deliveries)
        .where(
          and(
            state === undefined ? undefined : eq(deliveries.state, state),
            line === undefined ? undefined : eq(deliveries.lineId, line),
            endpoint === undefined ? undefined : eq(deliveries.endpoint, endpoint),
            callId === undefined ? undefined : eq(deliveries.callId, callId),
            cursor === undefined ? undefined : lt(deliveries.id, Number(cursor)),
          ),
        )
        .orderBy(desc(deliveries.id))
        .limit(limit + 1)
      const page = rows.slice(0, limit)
      const last = rows.length > limit ? page.at(-1) : undefined
      return {
        deliveries: page.map(toDelivery),
        ...(last === undefined ? {} : { nextCursor: String(last.id) }),
      }
    },
    async replay(id) {
      return client.transaction(async (tx) => {
        const [row] = await tx.select().from(deliveries).where(eq(deliveries.id, id)).for('update')
        if (!row) return { kind: 'unknown' }
        if (row.state !== 'dead') return { kind: 'not-dead', state: row.state }
        const giveUpAt = sql`now() + ${giveUpAfterMs} * interval '1 millisecond'`
        const [fresh] = await tx
          .update(deliveries)
          .set({ state: 'pending', attempts: 0, nextAttemptAt: sql`now()`, giveUpAt })
          .where(eq(deliveries.id, id))
          .returning()
        return fresh ? { kind: 'replayed', delivery: toDelivery(fresh) } : { kind: 'unknown' }
      })
    },
    async status(wanted) {
      if (wanted.length === 0) return []
      const ids = wanted.map(({ id }) => id)
      const known = await client
        .select()
        .from(webhookEndpoints)
        .where(inArray(webhookEndpoints.endpoint, ids))
      const counts = await client
        .select({ endpoint: deliveries.endpoint, state: deliveries.state, waiting: count() })
        .from(deliveries)
        .where(and(inArray(deliveries.endpoint, ids), ne(deliveries.state, 'delivered')))
        .groupBy(deliveries.endpoint, deliveries.state)
      return wanted.map(({ id, line, url, urlHash }) => {
        const row = known.find(({ endpoint }) => endpoint === id)
        const countOf = (state: DeliveryState) =>
          counts.find((one) => one.endpoint === id && one.state === state)?.waiting ?? 0
        const isOff = row?.offUrlHash === urlHash
        const { pausedUntil, offSince } = row ?? {}
        return {
          ...{ endpoint: id, line: line.id, host: new URL(url).host },
          state: isOff ? 'off' : 'on',
          ...(isOff && offSince ? { offSince: offSince.toISOString() } : {}),
          ...(pausedUntil && pausedUntil > new Date()
            ? { pausedUntil: pausedUntil.toISOString() }
            : {}),
          ...{ pending: countOf('pending'), dead: countOf('dead') },
        }
      })
    },
    async switchOn(endpoint) {
      await client.delete(webhookEndpoints).where(eq(webhookEndpoints.endpoint, endpoint))
    },
  }
}

/** A row without its content: what was said is for the receiver alone. */
function toDelivery(row: typeof deliveries.$inferSelect): WebhookDelivery {
  const { id, messageId, endpoint, lineId, callId, state, attempts } = row
  const fault = deliveryFault.safeParse(row.lastFault)
  return {
    ...{ id: String(id), messageId, endpoint, line: lineId, callId, state, attempts },
    type: webhookEventType.parse(row.eventType),
    createdAt: row.createdAt.toISOString(),
    ...(state === 'pending' ? { nextAttemptAt: row.nextAttemptAt.toISOString() } : {}),
    ...(row.deliveredAt === null ? {} : { deliveredAt: row.deliveredAt.toISOString() }),
    ...(row.lastStatus === null ? {} : { lastStatus: row.lastStatus }),
    ...(fault.success ? { lastFault: fault.data } : {}),
  }
}

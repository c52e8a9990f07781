import { and, eq, isNull, lt, lte, notExists, or, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import type { DatabaseClient } from '../database/database.ts'
import type { Endpoint } from './endpoint.ts'
import type { Outcome } from './outcome.ts'
import { webhookDeliveries as deliveries, webhookEndpoints as endpoints } from './tables.ts'

/** A message that this process may send now, and nobody else. */
export interface ClaimedDelivery {
  readonly id: number
  readonly messageId: string
  readonly endpoint: string
  readonly body: string
  /** This attempt counted. */
  readonly attempts: number
}

export type Settled = 'delivered' | 'retried' | 'dead' | 'gone' | 'lost'

/** The outbox as its senders see it; several processes share it. All times are the database's. */
export interface DeliveryQueue {
  /** Addresses that have something to be sent now. */
  dueEndpoints(): Promise<readonly string[]>
  /**
   * Takes up to `limit` messages to an address, one of each call at most: a later message of a call waits for the
   * earlier one. What is not settled within `leaseMs` may be taken again.
   */
  claim(
    endpoint: string,
    options: { limit: number; leaseMs: number },
  ): Promise<readonly ClaimedDelivery[]>
  /** Gives a message back untried. */
  release(delivery: ClaimedDelivery): Promise<void>
  /** Writes what an attempt came to; `lost` when the lease ran out meanwhile. */
  settle(
    delivery: ClaimedDelivery,
    outcome: Outcome,
    options: { retryDelayMs: number; endpoint: Endpoint | undefined },
  ): Promise<Settled>
  /** Deletes what was delivered or given up longer ago than these. */
  prune(ages: { deliveredMs: number; deadMs: number }): Promise<void>
}

const fromNow = (ms: number) => sql<Date>`now() + ${ms} * interval '1 millisecond'`
const earlier = alias(deliveries, 'earlier')
const isFree = or(isNull(deliveries.lockedUntil), lt(deliveries.lockedUntil, sql`now()`))
const isDue = and(
  eq(deliveries.state, 'pending'),
  lte(deliveries.nextAttemptAt, sql`now()`),
  isFree,
)
const unlocked = { lockedBy: null, lockedUntil: null }

/** @param owner a name no other process has */
export function createDeliveryQueue(client: DatabaseClient, owner: string): DeliveryQueue {
  const isOurs = (id: number) =>
    and(eq(deliveries.id, id), eq(deliveries.lockedBy, owner), eq(deliveries.state, 'pending'))

  const settleFailure = async (
    { id }: ClaimedDelivery,
    outcome: Extract<Outcome, { kind: 'failed' }>,
    { retryDelayMs, endpoint }: { retryDelayMs: number; endpoint: Endpoint | undefined },
  ): Promise<Settled> => {
    const next = fromNow(retryDelayMs)
    const rows = await client.transaction(async (tx) => {
      if (outcome.pausesEndpoint && endpoint) {
        const pausedUntil = fromNow(outcome.retryAfterMs ?? 0)
        await tx
          .insert(endpoints)
          .values({ endpoint: endpoint.id, pausedUntil })
          .onConflictDoUpdate({ target: endpoints.endpoint, set: { pausedUntil } })
      }
      return tx
        .update(deliveries)
        .set({
          ...{ ...unlocked, nextAttemptAt: next, lastFault: outcome.fault },
          lastStatus: outcome.status ?? null,
          state: sql`case when ${next} > ${deliveries.giveUpAt} then 'dead' else 'pending' end`,
        })
        .where(isOurs(id))
        .returning({ state: deliveries.state })
    })
    const [row] = rows
    if (!row) return 'lost'
    return row.state === 'dead' ? 'dead' : 'retried'
  }

  /** The address is switched off; what waits for it is kept as dead. */
  const settleGone = async (
    { id, endpoint: endpointId }: ClaimedDelivery,
    { status, endpoint }: { status: number; endpoint: Endpoint | undefined },
  ): Promise<Settled> =>
    client.transaction(async (tx) => {
      const own = await tx
        .update(deliveries)
        .set({ ...unlocked, state: 'dead', lastStatus: status, lastFault: 'gone' })
        .where(isOurs(id))
        .returning({ id: deliveries.id })
      if (own.length === 0) return 'lost'
      const off = { offSince: sql<Date>`now()`, offUrlHash: endpoint?.urlHash ?? null }
      await tx
        .insert(endpoints)
        .values({ endpoint: endpointId, ...off })
        .onConflictDoUpdate({ target: endpoints.endpoint, set: off })
      await tx
        .update(deliveries)
        .set({ ...unlocked, state: 'dead', lastFault: 'endpoint-off' })
        .where(and(eq(deliveries.endpoint, endpointId), eq(deliveries.state, 'pending')))
      return 'gone'
    })

  return {
    async dueEndpoints() {
      const rows = await client
        .selectDistinct({ endpoint: deliveries.endpoint })
        .from(deliveries)
        .leftJoin(endpoints, eq(endpoints.endpoint, deliveries.endpoint))
        .where(
          and(isDue, or(isNull(endpoints.pausedUntil), lte(endpoints.pausedUntil, sql`now()`))),
        )
      return rows.map(({ endpoint }) => endpoint)
    },
    async claim(endpoint, { limit, leaseMs }) {
      const before = client
        .select({ id: earlier.id })
        .from(earlier)
        .where(
          and(
            ...[eq(earlier.state, 'pending'), eq(earlier.endpoint, deliveries.endpoint)],
            ...[eq(earlier.callId, deliveries.callId), lt(earlier.id, deliveries.id)],
          ),
        )
      return client.transaction(async (tx) => {
        const rows = await tx
          .select({ id: deliveries.id })
          .from(deliveries)
          .where(and(isDue, eq(deliveries.endpoint, endpoint), notExists(before)))
          .orderBy(deliveries.nextAttemptAt, deliveries.id)
          .limit(limit)
          .for('update', { skipLocked: true })
        const claimed: ClaimedDelivery[] = []
        for (const { id } of rows) {
          const [row] = await tx
            .update(deliveries)
            .set({
              ...{ lockedBy: owner, lockedUntil: fromNow(leaseMs) },
              attempts: sql`${deliveries.attempts} + 1`,
            })
            .where(eq(deliveries.id, id))
            .returning()
          if (!row || row.payload === null) continue
          const { messageId, attempts, payload: body } = row
          claimed.push({ id, messageId, endpoint, attempts, body })
        }
        return claimed
      })
    },
    async release({ id }) {
      const untried = { ...unlocked, attempts: sql`${deliveries.attempts} - 1` }
      await client.update(deliveries).set(untried).where(isOurs(id))
    },
    async settle(delivery, outcome, options) {
      switch (outcome.kind) {
        case 'failed':
          return settleFailure(delivery, outcome, options)
        case 'gone':
          return settleGone(delivery, { status: outcome.status, endpoint: options.endpoint })
        case 'delivered': {
          const done = await client
            .update(deliveries)
            .set({
              ...{ ...unlocked, state: 'delivered', payload: null, lastStatus: outcome.status },
              ...{ lastFault: null, deliveredAt: sql`now()` },
            })
            .where(isOurs(delivery.id))
            .returning({ id: deliveries.id })
          return done.length === 0 ? 'lost' : 'delivered'
        }
      }
    },
    async prune({ deliveredMs, deadMs }) {
      const olderThan = (ms: number) => lt(deliveries.createdAt, fromNow(-ms))
      await client
        .delete(deliveries)
        .where(
          or(
            and(eq(deliveries.state, 'delivered'), olderThan(deliveredMs)),
            and(eq(deliveries.state, 'dead'), olderThan(deadMs)),
          ),
        )
    },
  }
}

import { bigint, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core'

const time = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** The tables as migration 0010 makes them. */
export const webhookDeliveries = pgTable('webhook_deliveries', {
  id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  messageId: text('message_id').notNull(),
  endpoint: text('endpoint').notNull(),
  lineId: text('line_id').notNull(),
  callId: text('call_id').notNull(),
  eventType: text('event_type').notNull(),
  payload: text('payload'),
  state: text('state', { enum: ['pending', 'delivered', 'dead'] }).notNull(),
  attempts: integer('attempts').notNull().default(0),
  createdAt: time('created_at').notNull().defaultNow(),
  nextAttemptAt: time('next_attempt_at').notNull().defaultNow(),
  giveUpAt: time('give_up_at').notNull(),
  lockedBy: text('locked_by'),
  lockedUntil: time('locked_until'),
  deliveredAt: time('delivered_at'),
  lastStatus: integer('last_status'),
  lastFault: text('last_fault'),
})

export const webhookEndpoints = pgTable('webhook_endpoints', {
  endpoint: text('endpoint').primaryKey(),
  offSince: time('off_since'),
  offUrlHash: text('off_url_hash'),
  pausedUntil: time('paused_until'),
})

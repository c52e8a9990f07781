import {
  boolean,
  date,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
} from 'drizzle-orm/pg-core'

// The tables as `orchestrator/migrations` makes them. Money is whole cents, dates are 'YYYY-MM-DD'.

export const hotels = pgTable('hotels', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  currency: text('currency').notNull(),
  info: jsonb('info').$type<Readonly<Record<string, string>>>().notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
})

export const roomTypes = pgTable(
  'room_types',
  {
    hotelId: text('hotel_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    rooms: integer('rooms').notNull(),
    sleeps: integer('sleeps').notNull(),
    priceCents: integer('price_cents').notNull(),
    position: integer('position').notNull(),
    isOffered: boolean('is_offered').notNull().default(true),
  },
  (table) => [primaryKey({ columns: [table.hotelId, table.id] })],
)

export const rates = pgTable(
  'rates',
  {
    hotelId: text('hotel_id').notNull(),
    roomTypeId: text('room_type_id').notNull(),
    firstNight: date('first_night', { mode: 'string' }).notNull(),
    lastNight: date('last_night', { mode: 'string' }).notNull(),
    priceCents: integer('price_cents').notNull(),
  },
  (table) => [primaryKey({ columns: [table.hotelId, table.roomTypeId, table.firstNight] })],
)

export const effects = pgTable('effects', {
  key: text('key').primaryKey(),
  callId: text('call_id').notNull(),
  turnId: text('turn_id').notNull(),
  tool: text('tool').notNull(),
  arguments: jsonb('arguments').$type<Readonly<Record<string, unknown>>>().notNull(),
  epoch: integer('epoch').notNull(),
  state: text('state', { enum: ['pending', 'committed', 'failed'] }).notNull(),
  result: jsonb('result').$type<Readonly<Record<string, unknown>>>(),
  createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
})

export const callEpochs = pgTable('call_epochs', {
  callId: text('call_id').primaryKey(),
  epoch: integer('epoch').notNull(),
  updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
})

export const reservations = pgTable(
  'reservations',
  {
    hotelId: text('hotel_id').notNull(),
    number: text('number').notNull(),
    roomTypeId: text('room_type_id').notNull(),
    guestName: text('guest_name').notNull(),
    guests: integer('guests'),
    checkIn: date('check_in', { mode: 'string' }).notNull(),
    checkOut: date('check_out', { mode: 'string' }).notNull(),
    totalCents: integer('total_cents').notNull(),
    currency: text('currency').notNull(),
    effectKey: text('effect_key'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.hotelId, table.number] })],
)

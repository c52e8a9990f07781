import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { createDisposalStack, type DisposalStack } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { sql } from 'drizzle-orm'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite'
import { drizzle as drizzlePostgres } from 'drizzle-orm/postgres-js'
import postgres from 'postgres'
import { DatabaseError } from './errors.ts'
import { migrate } from './migrate.ts'
import { acquirePgliteLock } from './pglite-lock.ts'

/** Drizzle over either driver: what is the same for PGlite and PostgreSQL. */
export type DatabaseClient = PgDatabase<PgQueryResultHKT>
/** Inside of `client.transaction`. On PGlite, using the client itself there would wait for ever. */
export type DatabaseTransaction = Parameters<Parameters<DatabaseClient['transaction']>[0]>[0]

export interface Database {
  readonly kind: 'pglite' | 'postgres'
  readonly client: DatabaseClient
  /** For readiness. @throws when the database does not answer */
  check(): Promise<void>
  /** Waits for running queries and writes everything out. */
  close(): Promise<void>
}

export interface DatabaseOptions {
  /** PostgreSQL 15 or newer; without it PGlite keeps its files in `dataDir`/pglite. */
  readonly databaseUrl?: string | undefined
  readonly dataDir: string
  readonly logger: Logger
  readonly migrationsDir?: string
}

/**
 * Opens the database and brings its tables up to date.
 * @throws {DatabaseError}
 */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const { databaseUrl, dataDir, logger } = options
  const stack = createDisposalStack()
  try {
    const client = databaseUrl
      ? await openPostgres(databaseUrl, stack)
      : await openPglite(resolve(dataDir, 'pglite'), stack)
    const folder = options.migrationsDir ?? join(import.meta.dirname, '../../migrations')
    const migrations = await migrate(client, { folder })
    const kind = databaseUrl ? 'postgres' : 'pglite'
    logger.info({ kind, migrations }, 'database opened')
    return {
      kind,
      client,
      check: async () => void (await client.execute(sql`select 1`)),
      close: () => stack.close(),
    }
  } catch (error) {
    await stack.close()
    throw error
  }
}

async function openPglite(folder: string, stack: DisposalStack): Promise<DatabaseClient> {
  await mkdir(folder, { recursive: true })
  const lock = await acquirePgliteLock(`${folder}.lock`)
  stack.defer(() => lock.release())
  const pglite = await PGlite.create(folder)
  stack.defer(() => pglite.close())
  return drizzlePglite(pglite)
}

async function openPostgres(url: string, stack: DisposalStack): Promise<DatabaseClient> {
  const pool = postgres(url, {
    max: 10,
    connect_timeout: 5,
    // A lock or a query that hangs must not hold a caller's turn for ever; milliseconds.
    connection: { application_name: 'trunkline', statement_timeout: 5000, lock_timeout: 4000 },
    onnotice: () => undefined,
  })
  stack.defer(() => pool.end({ timeout: 5 }))
  try {
    await pool`select 1`
  } catch (error) {
    const { host } = new URL(url)
    throw new DatabaseError('unreachable', `DATABASE_URL: no PostgreSQL answers at ${host}`, {
      cause: error,
    })
  }
  return drizzlePostgres(pool)
}

import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { createDisposalStack, type DisposalStack } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core'
import pg from 'pg'
import { DatabaseError } from './errors.ts'
import { migrate } from './migrate.ts'
import { acquirePgliteLock } from './pglite-lock.ts'
import { startPglite } from './pglite-thread.ts'

/** The same driver speaks to PGlite and PostgreSQL. */
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
      ? await openPostgres(databaseUrl, { stack, logger })
      : await openPglite(resolve(dataDir, 'pglite'), { stack, logger })
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

interface Opening {
  readonly stack: DisposalStack
  readonly logger: Logger
}

async function openPglite(folder: string, { stack, logger }: Opening): Promise<DatabaseClient> {
  await mkdir(folder, { recursive: true })
  const lock = await acquirePgliteLock(`${folder}.lock`)
  stack.defer(() => lock.release())
  const pglite = await startPglite(folder)
  stack.defer(() => pglite.close())
  return drizzle(
    createPool(
      // Waits for its turn without a limit, as there is one connection for all.
      { stream: () => pglite.connect(), user: 'postgres', max: 1, idleTimeoutMillis: 0 },
      { stack, logger },
    ),
  )
}

async function openPostgres(url: string, opening: Opening): Promise<DatabaseClient> {
  const settings = {
    connectionString: url,
    application_name: 'trunkline',
    max: 10,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
    // A lock or a query that hangs must not hold a caller's turn for ever.
    statement_timeout: 5000,
    lock_timeout: 4000,
    // The server's own limits do not come from a host that is gone.
    query_timeout: 6000,
    idle_in_transaction_session_timeout: 10_000,
  }
  const pool = createPool(settings, opening)
  try {
    await pool.query('select 1')
  } catch (error) {
    const { host } = new URL(url)
    throw new DatabaseError('unreachable', `DATABASE_URL: no PostgreSQL answers at ${host}`, {
      cause: error,
    })
  }
  return drizzle(pool)
}

function createPool(settings: pg.PoolConfig, { stack, logger }: Opening): pg.Pool {
  const pool = new pg.Pool(settings)
  // Without listeners a lost connection would end the process. The query that waits on it fails by itself.
  const onLost = (error: Error) => {
    logger.warn({ kind: error.name, code: readCode(error) }, 'database connection lost')
  }
  pool.on('error', onLost)
  pool.on('connect', (connection) => connection.on('error', () => undefined))
  stack.defer(() => pool.end())
  return pool
}

function readCode(error: Error): string | undefined {
  return 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

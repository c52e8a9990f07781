import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { pgTable, text, timestamp } from 'drizzle-orm/pg-core'
import type { DatabaseClient, DatabaseTransaction } from './database.ts'
import { DatabaseError } from './errors.ts'

/** Any number will do, as long as it is ours and never changes. */
const advisoryLock = 7_245_011

const applied = pgTable('schema_migrations', {
  name: text('name').primaryKey(),
  checksum: text('checksum').notNull(),
  appliedAt: timestamp('applied_at', { withTimezone: true }).notNull().defaultNow(),
})

interface Migration {
  readonly name: string
  readonly checksum: string
  readonly statements: readonly string[]
}

/**
 * Applies what is not applied yet, in order of name, all in one transaction under an advisory lock, so that
 * replicas may start together. A migration of a newer version in the database is left alone: it must be
 * compatible with the version before, or a rolling update could not work.
 * @throws {DatabaseError} `migration`
 */
export async function migrate(
  client: DatabaseClient,
  { folder }: { folder: string },
): Promise<readonly string[]> {
  const migrations = await readMigrations(folder)
  return client.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(advisoryLock))})`)
    await tx.execute(sql`
      create table if not exists schema_migrations (
        name text primary key,
        checksum text not null,
        applied_at timestamptz not null default now()
      )`)
    const known = new Map((await tx.select().from(applied)).map((row) => [row.name, row.checksum]))
    const names: string[] = []
    for (const migration of migrations) {
      const checksum = known.get(migration.name)
      if (checksum === undefined) {
        await apply(tx, migration)
        await tx.insert(applied).values({ name: migration.name, checksum: migration.checksum })
        names.push(migration.name)
      } else if (checksum !== migration.checksum) {
        throw new DatabaseError(
          'migration',
          `migration ${migration.name} was changed after it had been applied: add a new one instead`,
        )
      }
    }
    return names
  })
}

async function apply(tx: DatabaseTransaction, { name, statements }: Migration): Promise<void> {
  try {
    for (const statement of statements) await tx.execute(sql.raw(statement))
  } catch (error) {
    throw new DatabaseError('migration', `migration ${name} failed`, { cause: error })
  }
}

async function readMigrations(folder: string): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort()
  return Promise.all(
    names.map(async (name) => {
      const content = await readFile(join(folder, name), 'utf8')
      const statements = content
        .split(/;[ \t]*$/m)
        .map((statement) => statement.trim())
        .filter((statement) => statement !== '')
      return { name, statements, checksum: createHash('sha256').update(content).digest('hex') }
    }),
  )
}

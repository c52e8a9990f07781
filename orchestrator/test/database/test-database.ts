import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDisposalStack } from '@trunkline/runtime'
import { createLogger } from '@trunkline/telemetry'
import { needs, startPostgres } from '@trunkline/testkit'
import { type Database, openDatabase } from '../../src/database/database.ts'

/** Both databases that Trunkline runs on, with what vitest needs to skip one that is not here. */
export const databases = [
  { kind: 'pglite' as const, options: {} },
  { kind: 'postgres' as const, options: needs(['postgres']) },
]

export interface TestDatabase {
  /** What `openDatabase` takes to open the same database once more. */
  readonly address: { readonly databaseUrl?: string; readonly dataDir: string }
  readonly database: Database
  close(): Promise<void>
}

export const logger = createLogger('test', { level: 'silent' })

/** A new, empty database with its tables. */
export async function openTestDatabase(kind: 'pglite' | 'postgres'): Promise<TestDatabase> {
  const stack = createDisposalStack()
  const dataDir = await mkdtemp(join(tmpdir(), 'trunkline-database-'))
  stack.defer(() => rm(dataDir, { recursive: true, force: true }))
  let databaseUrl: string | undefined
  if (kind === 'postgres') {
    const server = await startPostgres()
    stack.defer(() => server.stop())
    databaseUrl = server.url
  }
  const address = { dataDir, ...(databaseUrl ? { databaseUrl } : {}) }
  const database = await openDatabase({ ...address, logger })
  stack.defer(() => database.close())
  return { address, database, close: () => stack.close() }
}

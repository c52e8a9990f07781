import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { ConfigError, readEnvironment } from '@trunkline/runtime'
import { createLogger } from '@trunkline/telemetry'
import { z } from 'zod'
import { type Database, openDatabase } from '../../database/database.ts'
import { DatabaseError } from '../../database/errors.ts'
import { verifyAudit } from '../verify-audit.ts'

// Checks the audit chain of DATABASE_URL, or of the embedded database in DATA_DIR while no orchestrator has it open,
// and prints its head. A head that was noted down earlier (--head SEQ:HASH) proves that nothing before it was written
// anew. Ends with 0 when the chain is whole, 1 when a row was changed, removed or inserted, 2 when the arguments are
// wrong, 3 when the chain cannot be read, and 4 when another process has the embedded database open.
const environment = z.object({
  DATABASE_URL: z.url().optional(),
  DATA_DIR: z.string().default('.run/data'),
})

async function main(): Promise<number> {
  const { values } = parseArgs({ options: { head: { type: 'string' } } })
  const [, seq, hash] = /^(\d+):([0-9a-f]{64})$/.exec(values.head ?? '') ?? []
  const expected = seq === undefined || hash === undefined ? undefined : { seq: Number(seq), hash }
  if (values.head !== undefined && !expected) {
    return fail(2, '--head wants SEQ:HASH, as an earlier check has printed it')
  }
  const { DATABASE_URL: databaseUrl, DATA_DIR: dataDir } = readEnvironment(environment, process.env)
  if (databaseUrl === undefined && !existsSync(join(dataDir, 'pglite'))) {
    return fail(3, 'there is no audit yet: no orchestrator has written one here')
  }
  const logger = createLogger('verify-audit', { level: 'warn' })
  const database = await openDatabase({ databaseUrl, dataDir, logger })
  const { rows, head, faults } = await check(database, expected)
  const [first, ...others] = faults.toSorted((one, other) => one.seq - other.seq)
  const count = `${rows} ${rows === 1 ? 'row' : 'rows'}`
  if (!first) say(`the audit chain is whole: ${count}`)
  else say(`the audit chain of ${count} is broken, first at row ${first.seq}: ${first.kind}`)
  for (const { seq, kind } of others) say(`row ${seq}: ${kind}`)
  if (head) say(`head ${head.seq}:${head.hash}`)
  return first ? 1 : 0
}

async function check(database: Database, expected: { seq: number; hash: string } | undefined) {
  try {
    return await verifyAudit(database.client, { expected })
  } finally {
    await database.close()
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function fail(code: number, line: string): number {
  process.stderr.write(`${line}\n`)
  return code
}

try {
  process.exitCode = await main()
} catch (error) {
  const isTold = error instanceof DatabaseError || error instanceof ConfigError
  if (!isTold) throw error
  const isInUse = error instanceof DatabaseError && error.code === 'in-use'
  process.exitCode = isInUse
    ? fail(4, 'an orchestrator has the embedded database open, which takes one process at a time')
    : fail(3, error.message)
}

import { parseArgs } from 'node:util'
import { createLogger } from '@trunkline/telemetry'
import { openDatabase } from '../../database/database.ts'
import { verifyAudit } from '../verify-audit.ts'

// Checks the audit chain of DATABASE_URL, or of the embedded database in DATA_DIR while no orchestrator has it open,
// and prints its head. A head that was noted down earlier (--head SEQ:HASH) proves that nothing before it was written
// anew. Ends with 1 when a row was changed, removed or inserted.
const { values } = parseArgs({ options: { head: { type: 'string' } } })
const [seq, hash = ''] = values.head?.split(':') ?? []
const expected = seq === undefined ? undefined : { seq: Number(seq), hash }
const database = await openDatabase({
  databaseUrl: process.env['DATABASE_URL'] || undefined,
  dataDir: process.env['DATA_DIR'] || '.run/data',
  logger: createLogger('verify-audit', { level: 'warn' }),
})
const { rows, head, faults } = await verifyAudit(database.client, { expected })
await database.close()
for (const fault of faults) process.stdout.write(`row ${fault.seq}: ${fault.kind}\n`)
process.stdout.write(`${rows} rows, ${faults.length} faults\n`)
if (head) process.stdout.write(`head ${head.seq}:${head.hash}\n`)
if (faults.length > 0) process.exitCode = 1

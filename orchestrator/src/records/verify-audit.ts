import { asc, gt } from 'drizzle-orm'
import { audit, auditHead } from '../database/audit-schema.ts'
import type { DatabaseClient } from '../database/database.ts'
import { firstPrevHash, toAuditHash } from './audit.ts'

/**
 * - `changed`: the row does not hash to what it says
 * - `missing`: there is no row with this number
 * - `inserted`: the row fits its own hash, but was not written after the row before it, or not by `appendAudit`
 * - `cut-off`: the newest row is not the one that was written last
 */
export interface AuditFault {
  readonly seq: number
  readonly kind: 'changed' | 'missing' | 'inserted' | 'cut-off'
}

export interface AuditReport {
  readonly rows: number
  /** Number and hash of the newest row: kept elsewhere, they prove that nothing before it was rewritten. */
  readonly head: { readonly seq: number; readonly hash: string } | undefined
  readonly faults: readonly AuditFault[]
}

const pageSize = 1000

/** Reads the whole chain, oldest first, and names every row that is not as it was written. */
export async function verifyAudit(
  client: DatabaseClient,
  /** A head that was noted down earlier: its row must still be there with the same hash. */
  { expected }: { expected?: { seq: number; hash: string } | undefined } = {},
): Promise<AuditReport> {
  const faults: AuditFault[] = []
  let seq = 0
  let hash = firstPrevHash
  let rows = 0
  for (;;) {
    const page = await client
      .select()
      .from(audit)
      .where(gt(audit.seq, seq))
      .orderBy(asc(audit.seq))
      .limit(pageSize)
    for (const row of page) {
      rows += 1
      for (let gap = seq + 1; gap < row.seq; gap += 1) faults.push({ seq: gap, kind: 'missing' })
      const isIntact = toAuditHash(row) === row.hash
      const isNext = row.seq === seq + 1
      if (!isIntact) faults.push({ seq: row.seq, kind: 'changed' })
      else if (isNext && row.prevHash !== hash) faults.push({ seq: row.seq, kind: 'inserted' })
      if (expected?.seq === row.seq && expected.hash !== row.hash) {
        faults.push({ seq: row.seq, kind: 'changed' })
      }
      seq = row.seq
      hash = row.hash
    }
    if (page.length < pageSize) break
  }
  const [head] = await client.select().from(auditHead)
  const written = [head, expected].filter((one) => one !== undefined)
  const isCutOff = written.some((one) => one.seq > seq) || (head === undefined && rows > 0)
  for (let extra = (head?.seq ?? seq) + 1; extra <= seq; extra += 1) {
    faults.push({ seq: extra, kind: 'inserted' })
  }
  if (isCutOff || (head?.seq === seq && head.hash !== hash)) faults.push({ seq, kind: 'cut-off' })
  return { rows, head: rows === 0 ? undefined : { seq, hash }, faults }
}

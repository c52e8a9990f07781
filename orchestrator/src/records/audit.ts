import { createHash } from 'node:crypto'
import { desc, sql } from 'drizzle-orm'
import { audit, auditHead } from '../database/audit-schema.ts'
import type { DatabaseClient, DatabaseTransaction } from '../database/database.ts'
import { toCanonicalJson } from './canonical-json.ts'

/** One thing that was done. No number, name or text of a caller belongs in any field. */
export interface AuditEntry {
  /** Epoch milliseconds. */
  readonly at: number
  /** Who: a role, with the name of its token's holder when that is known ("operator", "operator:anna"). */
  readonly actor: string
  /** What, noun-verb: "call-hangup", "caller-erased". */
  readonly action: string
  /** On what: a call's id, or empty. */
  readonly target: string
  readonly detail?: Readonly<Record<string, unknown>>
}

/** A row as it lies in the table. */
export interface AuditRow extends Required<AuditEntry> {
  readonly seq: number
  readonly prevHash: string
  readonly hash: string
}

/** What the first row has as the hash of the one before. */
export const firstPrevHash = '0'.repeat(64)

/** One writer at a time in all replicas. Any number will do, as long as it is ours and never changes. */
const advisoryLock = 7_245_012

/** SHA-256 over the canonical JSON of everything in the row but the hash itself. */
export function toAuditHash(row: Omit<AuditRow, 'hash'>): string {
  const { seq, at, actor, action, target, detail, prevHash } = row
  const text = toCanonicalJson({ seq, at, actor, action, target, detail, prevHash })
  return createHash('sha256').update(text).digest('hex')
}

/**
 * Adds a row to the chain and returns it. Inside of a transaction the row belongs to it: the action and its row are
 * written together or not at all, and other writers wait until it ends, so keep it short.
 */
export function appendAudit(
  client: DatabaseClient | DatabaseTransaction,
  entry: AuditEntry,
): Promise<AuditRow> {
  return client.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${sql.raw(String(advisoryLock))})`)
    // The table as well as the head: a removed last row must not give its number to another one.
    const [last] = await tx
      .select({ seq: audit.seq, hash: audit.hash })
      .from(audit)
      .orderBy(desc(audit.seq))
      .limit(1)
    const [head] = await tx.select().from(auditHead)
    const newest = head && head.seq > (last?.seq ?? 0) ? head : last
    const unsealed = {
      ...{ at: Math.floor(entry.at), actor: entry.actor, action: entry.action },
      ...{ target: entry.target, detail: entry.detail ?? {} },
      ...{ seq: (newest?.seq ?? 0) + 1, prevHash: newest?.hash ?? firstPrevHash },
    }
    const row = { ...unsealed, hash: toAuditHash(unsealed) }
    const { seq, hash } = row
    await tx.insert(audit).values(row)
    await tx
      .insert(auditHead)
      .values({ id: 1, seq, hash })
      .onConflictDoUpdate({ target: auditHead.id, set: { seq, hash } })
    return row
  })
}

import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { audit, auditHead } from '../../src/database/audit-schema.ts'
import { type AuditEntry, appendAudit, toAuditHash } from '../../src/records/audit.ts'
import { verifyAudit } from '../../src/records/verify-audit.ts'
import { databases, openTestDatabase, type TestDatabase } from '../database/test-database.ts'

const entry = (n: number): AuditEntry => ({
  ...{ at: 1_795_000_000_000 + n, actor: 'operator', action: 'call-hangup', target: `call-${n}` },
  detail: { z: n, a: [1, { d: 'é', c: null }], n: 1e21 },
})

for (const { kind, options } of databases) {
  describe(`the audit chain on ${kind}`, options, () => {
    let test: TestDatabase
    beforeAll(async () => {
      test = await openTestDatabase(kind)
    })
    afterAll(() => test?.close())

    /** Changes the table as its owner can, past the triggers. */
    const tamper = async (statement: string) => {
      const { client } = test.database
      await client.execute(sql`alter table audit disable trigger user`)
      await client.execute(sql.raw(statement))
      await client.execute(sql`alter table audit enable trigger user`)
    }
    const faults = async () => (await verifyAudit(test.database.client)).faults

    beforeEach(async () => {
      await tamper('delete from audit')
      await test.database.client.delete(auditHead)
      for (let n = 1; n <= 5; n += 1) await appendAudit(test.database.client, entry(n))
    })

    it('is whole after writers that came all at once', async () => {
      const { client } = test.database
      await Promise.all(Array.from({ length: 20 }, (_, n) => appendAudit(client, entry(n + 6))))
      const report = await verifyAudit(client)
      expect(report).toMatchObject({ rows: 25, faults: [], head: { seq: 25 } })
    })

    it('leaves no row behind when the transaction of its action is rolled back', async () => {
      const { client } = test.database
      const action = client.transaction(async (tx) => {
        await appendAudit(tx, entry(6))
        throw new Error('no')
      })
      await expect(action).rejects.toThrow('no')
      expect(await verifyAudit(client)).toMatchObject({ rows: 5, faults: [] })
    })

    it.each([
      ['a changed row', `update audit set target = 'other' where seq = 3`, 3, 'changed'],
      ['a changed detail', `update audit set detail = '{"z": 9}' where seq = 2`, 2, 'changed'],
      ['a removed row', 'delete from audit where seq = 3', 3, 'missing'],
      ['a removed last row', 'delete from audit where seq = 5', 4, 'cut-off'],
    ])('finds %s and says which', async (_what, statement, seq, fault) => {
      await tamper(statement)
      expect(await faults()).toContainEqual({ seq, kind: fault })
    })

    it('finds a row that was put in the place of another, though its own hash is right', async () => {
      const { client } = test.database
      const forged = { ...entry(9), seq: 3, prevHash: 'f'.repeat(64), detail: {} }
      await tamper('delete from audit where seq = 3')
      await client.insert(audit).values({ ...forged, hash: toAuditHash(forged) })
      expect(await faults()).toEqual([
        { seq: 3, kind: 'inserted' },
        { seq: 4, kind: 'inserted' },
      ])
    })

    it('finds a row that was added without the head, and a head that went back', async () => {
      const { client } = test.database
      const [last] = (await client.select().from(audit)).sort((a, b) => b.seq - a.seq)
      const forged = { ...entry(9), seq: 6, prevHash: last?.hash ?? '', detail: {} }
      await client.insert(audit).values({ ...forged, hash: toAuditHash(forged) })
      const { head, faults: found } = await verifyAudit(client)
      expect(found).toEqual([{ seq: 6, kind: 'inserted' }])
      // A chain written anew from its beginning is found by a head that was noted down.
      await tamper('delete from audit')
      await client.delete(auditHead)
      for (let n = 11; n <= 16; n += 1) await appendAudit(client, entry(n))
      expect(await faults()).toEqual([])
      const report = await verifyAudit(client, { expected: head })
      expect(report.faults).toEqual([{ seq: 6, kind: 'changed' }])
    })

    it('refuses to change or remove a row by ordinary means', async () => {
      const { client } = test.database
      for (const statement of [
        `update audit set target = 'x'`,
        'delete from audit',
        'truncate audit',
      ]) {
        await expect(client.execute(sql.raw(statement))).rejects.toThrow()
      }
      expect(await faults()).toEqual([])
    })
  })
}

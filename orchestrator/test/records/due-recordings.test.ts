import type { CallEvent } from '@trunkline/contracts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { recordings } from '../../src/database/records-schema.ts'
import { createDueRecordings } from '../../src/records/due-recordings.ts'
import { createPrices } from '../../src/records/prices.ts'
import { createRecordReader } from '../../src/records/read-records.ts'
import { writeBatch } from '../../src/records/write-batch.ts'
import { databases, openTestDatabase, type TestDatabase } from '../database/test-database.ts'
import { sampleEvents, startedAt, toEntries, withIds } from './sample-call.ts'

const at = startedAt + 1000
const part = (n: number) => `folder:call-${n}.wav`

for (const { kind, options } of databases) {
  describe(`recordings by our agents on ${kind}`, options, () => {
    let test: TestDatabase
    beforeAll(async () => {
      test = await openTestDatabase(kind)
    })
    afterAll(() => test?.close())

    const write = (callId: string, prefix: string, events: CallEvent[]) =>
      writeBatch(test.database.client, toEntries(withIds(callId, events, prefix)), {
        prices: createPrices(),
      })
    const listed = async (callId: string) =>
      (await createRecordReader(test.database.client).readDetails(callId)).recordings

    it('are on record from their beginning, once, and of a killed job too', async () => {
      await write('kept', 'kept', [
        ...sampleEvents(),
        { at, type: 'recording-started', reference: part(1) },
        { at: at + 1, type: 'recording-started', reference: part(2) },
        {
          ...{ at: at + 900, type: 'recording-finished', source: 'agent', reference: part(2) },
          ...{ durationMs: 899, bytes: 57_580 },
        },
      ])
      expect(await listed('kept')).toMatchObject([
        { reference: part(1), status: 'started', source: 'agent', durationMs: null },
        { reference: part(2), status: 'complete', source: 'agent', durationMs: 899 },
      ])
      expect(await createDueRecordings(test.database).list()).toEqual({ recordings: [] })
    })

    it('are due when the caller withdraws, and forgotten when they are gone', async () => {
      const due = createDueRecordings(test.database)
      await write('withdrawn', 'withdrawn', [
        ...sampleEvents(),
        { at, type: 'recording-started', reference: part(3) },
        {
          ...{ at: at + 5000, type: 'consent', kind: 'recording', decision: 'withdrawn' },
          textVersion: 'v1',
        },
        { at: at + 5100, type: 'recording-removed', reference: part(3) },
      ])
      const { recordings: found } = await due.list()
      expect(found).toMatchObject([{ reference: part(3), at: at + 5100, isRemoved: true }])
      // Nobody else's word makes a recording go that is not due.
      const [kept] = await test.database.client
        .select({ id: recordings.id })
        .from(recordings)
        .where(eq(recordings.reference, part(1)))
      await due.gone([kept?.id ?? 'none', ...found.map(({ id }) => id)])
      expect(await listed('withdrawn')).toEqual([])
      expect(await listed('kept')).toHaveLength(2)
      expect(await due.list()).toEqual({ recordings: [] })
    })

    it('are all listed when they are due, page by page', async () => {
      const due = createDueRecordings(test.database)
      const ids = Array.from({ length: 150 }, (_, n) => `many/${n}`)
      await test.database.client.insert(recordings).values(
        ids.map((id) => ({
          ...{ id, callId: 'many', source: 'agent' as const, reference: `folder:${id}` },
          ...{ status: 'complete', at, deleteAskedAt: at },
        })),
      )
      const first = await due.list()
      const second = await due.list({ cursor: first.nextCursor })
      expect([first.recordings.length, second.recordings.length]).toEqual([100, 50])
      expect(second.nextCursor).toBeUndefined()
      expect(first.recordings[0]).toMatchObject({ at })
      const all = [...first.recordings, ...second.recordings].map(({ id }) => id)
      expect(new Set(all)).toEqual(new Set(ids))
      await due.gone(ids.slice(0, 100))
      await due.gone(ids.slice(100))
    })

    it('leave those of others to others', async () => {
      await test.database.client.insert(recordings).values({
        ...{ id: 'EG_9', callId: 'kept', source: 'egress', reference: 's3://x/9.ogg' },
        ...{ status: 'complete', at, deleteAskedAt: at },
      })
      expect(await createDueRecordings(test.database).list()).toEqual({ recordings: [] })
    })
  })
}

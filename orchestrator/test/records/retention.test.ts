import { lineRetention } from '@trunkline/contracts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createEffectLedger } from '../../src/database/effect-ledger.ts'
import {
  callEvents,
  calls,
  consents,
  goneCalls,
  recordings,
  transcripts,
  turns,
  usage,
} from '../../src/database/records-schema.ts'
import { effects } from '../../src/database/schema.ts'
import { createPrices } from '../../src/records/prices.ts'
import { createRecordReader } from '../../src/records/read-records.ts'
import { applyRetention } from '../../src/records/retention.ts'
import { writeBatch } from '../../src/records/write-batch.ts'
import { databases, openTestDatabase, type TestDatabase } from '../database/test-database.ts'
import { sampleEvents, startedAt, toEntries, withIds } from './sample-call.ts'

const day = 86_400_000
const line = (id: string, days: Partial<Parameters<typeof lineRetention.parse>[0] & object>) => ({
  id,
  retention: lineRetention.parse(days),
})

for (const { kind, options } of databases) {
  describe(`retention on ${kind}`, options, () => {
    let test: TestDatabase
    beforeAll(async () => {
      test = await openTestDatabase(kind)
      const { client } = test.database
      for (const id of ['short', 'long', 'removed-line']) {
        const events = sampleEvents({ line: id })
        const recording = { kind: 'recording', id: `rec-${id}`, callId: id } as const
        await writeBatch(
          client,
          [
            ...toEntries(withIds(id, events, id)),
            {
              ...recording,
              source: 'agent',
              reference: `file:${id}`,
              status: 'complete',
              at: startedAt,
            },
          ],
          { prices: createPrices() },
        )
        await createEffectLedger(client).run(
          {
            ...{ callId: id, turnId: 't2', epoch: 1, tool: 'book', identity: { id } },
            arguments: { guest_name: 'Emma Fischer' },
          },
          async () => ({ ok: true, result: { guest_name: 'Emma Fischer' } }),
          { signal: new AbortController().signal },
        )
      }
    })
    afterAll(() => test?.close())

    const lines = [
      line('short', { transcriptDays: 1, recordingDays: 2, recordDays: 3, consentDays: 4 }),
      line('long', { transcriptDays: 10, recordingDays: 20, recordDays: 30, consentDays: 40 }),
    ]
    const apply = (days: number) =>
      applyRetention(test.database.client, {
        lines,
        now: startedAt + 61_000 + days * day + 1,
        batchSize: 2,
      })
    const words = async (callId: string) => {
      const { client } = test.database
      return JSON.stringify([
        await client.select().from(transcripts).where(eq(transcripts.callId, callId)),
        await client.select().from(callEvents).where(eq(callEvents.callId, callId)),
        await client.select().from(calls).where(eq(calls.id, callId)),
        await client.select().from(turns).where(eq(turns.callId, callId)),
        await client.select().from(effects).where(eq(effects.callId, callId)),
        await createRecordReader(client).readCall(callId),
      ])
    }

    it('takes kind after kind as its day comes, of one line and not of the other', async () => {
      const { client } = test.database
      expect(await apply(0.5)).toEqual({ transcripts: 0, calls: 0, recordings: 0, consents: 0 })
      expect(await words('short')).toContain('Fischer')

      expect(await apply(1)).toEqual({ transcripts: 1, calls: 0, recordings: 0, consents: 0 })
      expect(await words('short')).not.toContain('Fischer')
      expect(await words('long')).toContain('Fischer')
      const call = await createRecordReader(client).readCall('short')
      expect(call).toMatchObject({
        state: 'ended',
        turns: [{}, { text: '', tools: [{ ok: true }] }],
      })

      expect(await apply(2)).toMatchObject({ recordings: 1, transcripts: 0 })
      const asked = await client.select().from(recordings).where(eq(recordings.id, 'rec-short'))
      expect(asked[0]?.deleteAskedAt).toBeGreaterThan(0)

      expect(await apply(3)).toMatchObject({ calls: 1 })
      expect(await client.select().from(calls).where(eq(calls.id, 'short'))).toEqual([])
      expect(await client.select().from(callEvents).where(eq(callEvents.callId, 'short'))).toEqual(
        [],
      )
      expect(await client.select().from(usage).where(eq(usage.callId, 'short'))).toEqual([])
      expect((await client.select().from(goneCalls)).length).toBe(1)
      expect(await client.select().from(consents).where(eq(consents.line, 'short'))).toHaveLength(1)

      expect(await apply(4)).toMatchObject({ consents: 1 })
      expect(await words('long')).toContain('Fischer')
    })

    it('keeps what a line that is gone has left as long as a line does that says nothing', async () => {
      const left = async () =>
        (await test.database.client.select().from(calls).where(eq(calls.id, 'removed-line'))).length
      await apply(29)
      expect(await words('removed-line')).toContain('Fischer')
      await apply(31)
      expect(await words('removed-line')).not.toContain('Fischer')
      expect(await left()).toBe(1)
      await apply(366)
      expect(await left()).toBe(0)
    })

    it('takes the words of a late event too', async () => {
      const { client } = test.database
      const prices = createPrices()
      const events = withIds(
        'late',
        sampleEvents({ line: 'short', at: startedAt + 500 * day }),
        'short',
      )
      const now = startedAt + 502 * day
      await writeBatch(client, toEntries(events.slice(0, 13)), { prices })
      await writeBatch(client, toEntries(events.slice(16)), { prices })
      await applyRetention(client, { lines, now })
      await writeBatch(client, toEntries(events.slice(13, 16)), { prices })
      expect(await words('late')).toContain('Booked.')
      await applyRetention(client, { lines, now })
      expect(await words('late')).not.toContain('Booked.')
    })

    it('takes what was said to no turn: an operator’s words, and what was heard of them', async () => {
      const { client } = test.database
      const at = startedAt + 700 * day
      const said = { turnId: 'operator-1', text: 'Ms Fischer, your taxi is here.' }
      const all = sampleEvents({ line: 'told', at })
      const events = all.toSpliced(
        -2,
        0,
        { at: at + 3000, type: 'say', ...said, index: 0, kind: 'prompt' },
        { at: at + 3100, type: 'heard', ...said, interrupted: false },
      )
      await writeBatch(client, toEntries(withIds('told', events, 'told')), {
        prices: createPrices(),
      })
      expect(await words('told')).toContain('taxi')
      const now = at + 61_000 + day + 1
      await applyRetention(client, { lines: [line('told', { transcriptDays: 1 })], now })
      expect(await words('told')).not.toMatch(/taxi|Fischer/)
      const call = await createRecordReader(client).readCall('told')
      expect(call?.prompts).toMatchObject([
        { turnId: 'operator-1', heard: '', says: [{ text: '', kind: 'prompt' }] },
      ])
      const { calls: listed } = await createRecordReader(client).listCalls({
        ...{ line: 'told', limit: 1 },
      })
      expect(JSON.stringify(listed)).not.toContain('taxi')
    })

    it('leaves a call alone whose end has not come, until nothing has come of it for two days', async () => {
      const { client } = test.database
      const at = startedAt + 1000 * day
      const running = withIds('running', sampleEvents({ line: 'now', at }), 'now').slice(0, -2)
      await writeBatch(client, toEntries(running), { prices: createPrices() })
      const zero = [line('now', { transcriptDays: 0 })]
      await applyRetention(client, { lines: zero, now: at + day })
      expect(await words('running')).toContain('Fischer')
      await applyRetention(client, { lines: zero, now: at + 2 * day + 60_000 })
      expect(await words('running')).not.toContain('Fischer')
    })
  })
}

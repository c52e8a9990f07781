import type { CallAction, CallEvent } from '@trunkline/contracts'
import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rebuildRecord } from '../../src/calls/apply-event.ts'
import {
  callEvents,
  calls,
  goneCalls,
  recordings,
  transcripts,
} from '../../src/database/records-schema.ts'
import { createEventEncoder } from '../../src/records/encode-event.ts'
import { createPrices } from '../../src/records/prices.ts'
import { createRecordReader } from '../../src/records/read-records.ts'
import { writeBatch } from '../../src/records/write-batch.ts'
import { databases, openTestDatabase, type TestDatabase } from '../database/test-database.ts'
import { sampleEvents, startedAt, toEntries, withIds } from './sample-call.ts'

const prices = createPrices({
  llm: { default: { eurPerMillionPromptTokens: 10, eurPerMillionCompletionTokens: 100 } },
  telephony: { default: { eurPerMinute: 0.6 } },
})
const options = { prices }

for (const { kind, options: needed } of databases) {
  describe(`records on ${kind}`, needed, () => {
    let test: TestDatabase
    let reader: ReturnType<typeof createRecordReader>
    beforeAll(async () => {
      test = await openTestDatabase(kind)
      reader = createRecordReader(test.database.client)
    })
    afterAll(() => test?.close())

    const events = sampleEvents()
    const expected = (id: string) => rebuildRecord(id, events)
    const transcriptOf = async (callId: string) =>
      (
        await test.database.client
          .select()
          .from(transcripts)
          .where(eq(transcripts.callId, callId))
          .orderBy(transcripts.position)
      ).map(({ speaker, text }) => `${speaker}: ${text}`)

    it('gives back the call as it was, with its costs, consent and transcript', async () => {
      const entries = toEntries(withIds('whole', events))
      const { usage: used } = await writeBatch(test.database.client, entries, options)
      expect(await reader.readCall('whole')).toEqual(expected('whole'))
      expect(await transcriptOf('whole')).toEqual([
        'agent: Hello.',
        'caller: my name is Emma Fischer, a double room',
        'agent: Booked.',
      ])
      expect(used).toContainEqual(
        expect.objectContaining({ kind: 'telephony', unit: 'second', amount: 60, costEur: 0.6 }),
      )
      const details = await reader.readDetails('whole')
      expect(details.costEur).toBeCloseTo(0.6 + 0.01 + 0.002, 6)
      expect(details.consents).toEqual([
        { kind: 'recording', decision: 'given', textVersion: 'v3', at: startedAt + 2800 },
      ])
    })

    it('is the same whatever order the batches come in, and however often', async () => {
      const entries = toEntries(withIds('shuffled', events))
      const { client } = test.database
      const halves = [entries.slice(9), entries.slice(0, 4), entries.slice(2, 12), entries]
      let seconds = 0
      for (const half of halves) {
        const { usage: used } = await writeBatch(client, half.toReversed(), options)
        seconds += used.filter((item) => item.kind === 'telephony').length
      }
      expect(await reader.readCall('shuffled')).toEqual(expected('shuffled'))
      expect(seconds).toBe(1) // billed once
      expect((await transcriptOf('shuffled')).length).toBe(3)
    })

    it('loses nothing when two consumers write halves of many calls at once', async () => {
      const { client } = test.database
      const ids = Array.from({ length: 8 }, (_, n) => `parallel-${n}`)
      const all = ids.map((id) => toEntries(withIds(id, events)))
      const odd = all.flatMap((entries) => entries.filter((_entry, n) => n % 2 === 1))
      const even = all.toReversed().flatMap((entries) => entries.filter((_entry, n) => n % 2 === 0))
      await Promise.all([odd, even].map((half) => writeBatch(client, half, options)))
      for (const id of ids) expect(await reader.readCall(id)).toEqual(expected(id))
    })

    it('keeps a consent that another program tells, whatever the line keeps of words', async () => {
      const told: CallEvent = {
        ...{ at: startedAt + 2900, type: 'external-event', eventId: 'c-1', source: 'web-form' },
        ...{
          kind: 'consent',
          data: { kind: 'recording', decision: 'withdrawn', textVersion: 'v4' },
        },
      }
      const encoder = createEventEncoder({ policyOf: () => 'none', redact: () => '' })
      const all = withIds('told', [...events.slice(0, -2), told])
      await writeBatch(test.database.client, toEntries(all, encoder), options)
      expect((await reader.readDetails('told')).consents).toMatchObject([
        { decision: 'given', textVersion: 'v3' },
        { decision: 'withdrawn', textVersion: 'v4', at: told.at },
      ])
    })

    it('answers for a call whose end has not come', async () => {
      const running = withIds('running', events).slice(0, -2)
      await writeBatch(test.database.client, toEntries(running), options)
      expect(await reader.readCall('running')).toMatchObject({
        state: 'active',
        turns: [{ turnId: 't1' }, { turnId: 't2', state: 'finished' }],
      })
    })

    it('knows at once that a transfer has failed', async () => {
      const { client } = test.database
      const running = events.slice(0, -2)
      const at = startedAt + 3000
      const all = withIds('transferred', [
        ...running,
        { type: 'call-transferring', at, actionId: 'a1' },
        { type: 'transfer-failed', at: at + 1000 },
      ])
      await writeBatch(client, toEntries(all.slice(0, -1)), options)
      expect(await reader.readCall('transferred')).toMatchObject({ state: 'transferring' })
      await writeBatch(client, toEntries(all.slice(-1)), options)
      expect(await reader.readCall('transferred')).toMatchObject({ state: 'active' })
    })

    it('keeps an event of a newer version, and reads the call without it', async () => {
      const entries = toEntries(withIds('newer', events))
      const event = { type: 'call-teleported', at: startedAt, to: 'mars' }
      const unknown = { kind: 'call-event', callId: 'newer', eventId: '1-1', event } as const
      await writeBatch(test.database.client, [...entries, unknown], options)
      expect(await reader.readCall('newer')).toEqual(expected('newer'))
      const kept = await test.database.client
        .select()
        .from(callEvents)
        .where(eq(callEvents.type, 'call-teleported'))
      expect(kept).toMatchObject([{ event: { to: 'mars' } }])
    })

    it('drops what comes of a call that was erased', async () => {
      const { client } = test.database
      await client.insert(goneCalls).values({ callId: 'gone', at: 1 })
      expect(await writeBatch(client, toEntries(withIds('gone', events)), options)).toEqual({
        events: 0,
        usage: [],
      })
      expect(await reader.readCall('gone')).toBeUndefined()
    })

    it('never lets an older word about a recording undo a newer one', async () => {
      const { client } = test.database
      const base = { kind: 'recording', id: 'EG_1', roomSid: 'RM_x', source: 'egress' } as const
      const done = { ...base, reference: 's3://bucket/1.ogg', status: 'complete', at: 20 }
      const begun = { ...base, reference: '', status: 'active', at: 10 }
      await writeBatch(client, [done], options)
      await writeBatch(client, [begun], options)
      const own = { at: startedAt + 60_500, type: 'recording-finished', durationMs: 900 } as const
      const told = { ...own, source: 'agent', reference: 'file:1.ogg' } as const
      await writeBatch(client, toEntries(withIds('recorded', [...events, told])), options)
      const { recordings: found } = await reader.readDetails('recorded')
      expect(found).toMatchObject([
        { id: 'EG_1', status: 'complete' },
        { source: 'agent', reference: 'file:1.ogg', durationMs: 900 },
      ])
      await client.delete(recordings)
    })

    it('lists newest first, by filter, over pages', async () => {
      const { client } = test.database
      for (let n = 0; n < 5; n += 1) {
        const at = startedAt + 1_000_000 + n * 1000
        const listed = sampleEvents({ at, line: 'listed' })
        await writeBatch(client, toEntries(withIds(`listed-${n}`, listed)), options)
      }
      const first = await reader.listCalls({ line: 'listed', limit: 3 })
      expect(first.calls.map(({ id }) => id)).toEqual(['listed-4', 'listed-3', 'listed-2'])
      const cursor = first.nextCursor
      const second = await reader.listCalls({ line: 'listed', limit: 3, ...(cursor && { cursor }) })
      expect(second.calls.map(({ id }) => id)).toEqual(['listed-1', 'listed-0'])
      expect(second.nextCursor).toBeUndefined()
      expect((await reader.listCalls({ line: 'listed', state: 'active', limit: 3 })).calls).toEqual(
        [],
      )
      await expect(reader.listCalls({ limit: 3, cursor: 'x' })).rejects.toMatchObject({
        code: 'bad-request',
      })
    })

    it('keeps words as the line wants them: redacted, or none', async () => {
      const { client } = test.database
      for (const policy of ['redacted', 'none'] as const) {
        const redact = (text: string) => text.replace('Emma Fischer', '[name]')
        const encoder = createEventEncoder({ policyOf: () => policy, redact })
        await writeBatch(client, toEntries(withIds(policy, events), encoder), options)
        const call = await reader.readCall(policy)
        expect(JSON.stringify([call, await transcriptOf(policy)])).not.toContain('Fischer')
        const stored = await client.select().from(callEvents).where(eq(callEvents.callId, policy))
        expect(JSON.stringify(stored)).not.toContain('Fischer')
        // Synthesis is paid by the character, whether its words are kept or not.
        const { usage: used } = await reader.readDetails(policy)
        expect(used).toContainEqual(expect.objectContaining({ kind: 'tts', amount: 7 }))
      }
      expect((await reader.readCall('redacted'))?.turns[1]?.text).toBe(
        'my name is [name], a double room',
      )
      expect((await reader.readCall('none'))?.turns[1]).toMatchObject({ text: '', reply: '' })
      expect(await transcriptOf('none')).toEqual([])
    })

    it('keeps no word that a colleague was told before a warm transfer', async () => {
      const { client } = test.database
      const action: CallAction = {
        ...{ kind: 'brief', language: 'en', voice: 'female' },
        text: 'A call for you. The caller said: my name is Emma Fischer, a double room',
      }
      const told = { at: startedAt + 3000, type: 'action', actionId: 'a1', by: 'system' } as const
      const transferred = events.toSpliced(-2, 0, { ...told, kind: 'brief', action })
      const redact = (text: string) => text.replace('Emma Fischer', '[name]')
      for (const policy of ['redacted', 'none'] as const) {
        const id = `warm-${policy}`
        const encoder = createEventEncoder({ policyOf: () => policy, redact })
        await writeBatch(client, toEntries(withIds(id, transferred), encoder), options)
        const kept = JSON.stringify([
          await client.select().from(callEvents).where(eq(callEvents.callId, id)),
          await client.select().from(calls).where(eq(calls.id, id)),
        ])
        expect(kept).toContain('"brief"')
        expect(kept).not.toMatch(policy === 'none' ? /Fischer|double room|my name/ : /Fischer/)
      }
    })

    it('takes text that jsonb does not: NUL and half a surrogate pair', async () => {
      const odd = events.map((event) =>
        event.type === 'heard' ? { ...event, text: 'a\0b\uD800c' } : event,
      )
      await writeBatch(test.database.client, toEntries(withIds('odd', odd)), options)
      expect((await reader.readCall('odd'))?.greetingHeard).toBe('ab\uFFFDc')
    })
  })
}

import { epochNow } from '@trunkline/runtime'
import { needs, startRedis } from '@trunkline/testkit'
import { asc, eq } from 'drizzle-orm'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished } from 'vitest'
import { callEvents, transcripts } from '../../src/database/records-schema.ts'
import { createAppendLate } from '../../src/store/append-late.ts'
import { keys } from '../../src/store/keys.ts'
import { openTestDatabase } from '../database/test-database.ts'
import { joinCall } from '../support/agent.ts'
import { readEvents } from '../support/events.ts'
import { eventsToken, startTestService } from '../support/service.ts'
import { connectRedis, newDataDir } from './test-records.ts'
import { until } from './until.ts'

describe('events that come after the end of a call', needs(['redis', 'postgres']), () => {
  it('are recorded once, under the id they have in Redis, with their words redacted', async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.stop())
    const test = await openTestDatabase('postgres')
    onTestFinished(() => test.close())
    const { client } = test.database
    const service = await startTestService({
      ...{ redisUrl: redis.url, database: test.database },
      env: { DATA_DIR: await newDataDir() },
    })
    const { agent, callId } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    agent.send({ type: 'call-ended', reason: 'caller-hangup' })
    await readEvents(service.url, callId)
    await agent.close()
    const said = {
      ...{ id: `late-${process.pid}`, source: 'recorder', callId, speaker: 'caller' },
      ...{ text: 'write to emma@example.com', language: 'en', isFinal: true },
    }
    for (const attempt of ['first', 'again']) {
      const answer = await fetch(`${service.url}/v1/livekit/transcription`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${eventsToken}` },
        body: JSON.stringify(said),
      })
      expect(answer.ok, attempt).toBe(true)
    }
    const words = () => client.select().from(transcripts).where(eq(transcripts.callId, callId))
    await until(async () => (await words()).length > 0)
    expect(await words()).toMatchObject([{ speaker: 'caller', text: 'write to [email]' }])

    const store = new Redis(redis.url)
    onTestFinished(() => store.disconnect())
    const stream = await store.xrange(keys.events(callId), '-', '+')
    const [lastId] = stream.at(-1) ?? []
    const recorded = await client
      .select({ type: callEvents.type, eventId: callEvents.eventId })
      .from(callEvents)
      .where(eq(callEvents.callId, callId))
      .orderBy(asc(callEvents.ms), asc(callEvents.n))
    expect(recorded.slice(-2)).toMatchObject([
      { type: 'call-ended' },
      { type: 'external-transcript', eventId: lastId },
    ])
  })

  it('are appended by one process alone, and not at all to a call that is not kept', async () => {
    const redis = await startRedis()
    onTestFinished(() => redis.stop())
    const store = connectRedis(redis.url)
    onTestFinished(() => store.disconnect())
    const appendLate = createAppendLate({ redis: store, encode: ({ eventId }) => `{"${eventId}"}` })
    const event = { type: 'reconciled', at: epochNow(), what: 'room-left-over' } as const
    expect(await appendLate({ callId: 'gone', line: 'l', event })).toBe('gone')
    expect(await store.xlen('records')).toBe(0)

    await store.xadd(keys.events('kept'), '*', 'event', '{}')
    const entryId = (await store.xadd('waiting', '*', 'entry', '')) ?? ''
    const late = { callId: 'kept', line: 'l', event, waiting: { stream: 'waiting', entryId } }
    const outcomes = await Promise.all([appendLate(late), appendLate(late)])
    expect(outcomes.sort()).toEqual(['taken', 'written'])
    const rows = await store.xrange(keys.events('kept'), '-', '+')
    const [[, fields] = ['', []]] = await store.xrange('records', '-', '+')
    expect(fields).toEqual(['entry', `{"${rows.at(-1)?.[0]}"}`])
    expect(await store.ttl('records')).toBeGreaterThan(0)
  })
})

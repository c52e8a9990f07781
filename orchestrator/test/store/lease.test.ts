import type { CallEvent } from '@trunkline/contracts'
import { createLogger, createRegistry } from '@trunkline/telemetry'
import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { toCallRecord } from '../../src/calls/apply-event.ts'
import { closeForgotten } from '../../src/calls/close-forgotten.ts'
import { createJournal } from '../../src/calls/journal.ts'
import { createMetrics } from '../../src/metrics.ts'
import type { CallStore } from '../../src/store/call-store.ts'
import { createRedisCallStore } from '../../src/store/redis-call-store.ts'

const ttlSeconds = 60
let rooms = 0

describe('the lease of a call', needs(['redis']), () => {
  let redis: TestRedis
  beforeAll(async () => {
    redis = await startRedis()
  })
  afterAll(() => redis?.stop())

  const client = () => {
    const connection = new Redis(redis.url)
    onTestFinished(() => connection.disconnect())
    return connection
  }
  /** A process’s own view of the calls. */
  const open = async (holder: string): Promise<CallStore> => {
    const logger = createLogger('test', { level: 'silent' })
    const store = createRedisCallStore({ url: redis.url, logger, holder, onDropped: () => {} })
    onTestFinished(() => store.close())
    await store.becomeReady({ timeoutMs: 5000 })
    return store
  }
  const newRoom = () => {
    rooms += 1
    return `RM_${rooms}`
  }
  const request = (roomSid: string, jobId: string) => ({
    ...{ roomSid, jobId, minEpoch: 0, newCallId: `call-${roomSid}`, ttlSeconds },
    ...{ isReplacement: false, knownEpoch: 0 },
  })
  /** A call in the hands of a process, as far as writing it goes. */
  const hold = (store: CallStore, roomSid: string, claim: { token: number; epoch: number }) => {
    const created: CallEvent = {
      ...{ type: 'call-created', at: 1, line: 'l', room: 'r', roomSid, jobId: 'j', greeting: '' },
    }
    let isFenced = false
    const journal = createJournal({
      ...{ record: toCallRecord(`call-${roomSid}`, created), ttlSeconds, store, now: Date.now },
      metrics: { event: () => {}, illegalTransition: () => {} },
      lease: () => ({ ...claim, jobId: 'j', handled: 1 }),
      onFenced: () => {
        isFenced = true
      },
    })
    return { journal, created, isFenced: () => isFenced }
  }

  const deps = {
    metrics: createMetrics(createRegistry({ defaults: false }), { models: [] }),
    now: Date.now,
    ttlSecondsOf: () => ttlSeconds,
  }
  /** All that was given to a store before is in Redis: it writes in order. */
  const settled = async (store: CallStore) => {
    const room = newRoom()
    const { journal, created } = hold(store, room, await store.claim(request(room, 'j')))
    journal.emit(created)
    expect(await journal.stored({ timeoutMs: 5000 })).toBe(true)
  }

  it('has a token that rises with each change of holder, and only then', async () => {
    const [first, second] = [await open('first'), await open('second')]
    const room = newRoom()
    const tokens: number[] = []
    for (const store of [first, first, second, second, first]) {
      tokens.push((await store.claim(request(room, 'j'))).token)
    }
    const [a = 0, b, c = 0, d, e = 0] = tokens
    expect([b, d]).toEqual([a, c])
    expect(a < c && c < e).toBe(true)
  })

  it('tells a process at once that another has taken its call', async () => {
    const [first, second] = [await open('one'), await open('two')]
    const room = newRoom()
    const { callId, token } = await first.claim(request(room, 'j'))
    const taken = new Promise<[string, number]>((resolve) => {
      first.onTaken((...news) => resolve(news))
    })
    // The subscription may still be on its way.
    const channel = client()
    await expect.poll(() => channel.pubsub('NUMSUB', 'lease:one')).toEqual(['lease:one', 1])
    const claimed = await second.claim(request(room, 'j'))
    expect(await taken).toEqual([callId, claimed.token])
    expect(claimed.token).toBeGreaterThan(token)
  })

  it('lets an older holder change nothing: no event, no state, no lease', async () => {
    const [first, second] = [await open('old'), await open('new')]
    const room = newRoom()
    const old = hold(first, room, await first.claim(request(room, 'j')))
    old.journal.emit(old.created)
    await old.journal.stored({ timeoutMs: 5000 })
    const claim = await second.claim(request(room, 'j'))
    const connection = client()
    const read = async () => ({
      state: await connection.get(`call:call-${room}`),
      events: await connection.xlen(`call:call-${room}:events`),
      lease: await connection.hgetall(`call:call-${room}:lease`),
    })
    const before = await read()
    expect(before.lease).toMatchObject({ holder: 'new', token: String(claim.token) })
    old.journal.emit({ type: 'call-active', at: 2 })
    expect(await old.journal.stored({ timeoutMs: 5000 })).toBe(false)
    expect(old.isFenced()).toBe(true)
    expect(await read()).toEqual(before)
    expect(old.journal.emit({ type: 'call-held', at: 3 })).toBe(false)
  })

  it.each([
    { stale: 1, closers: 'two processes' },
    { stale: 2, closers: 'two processes' },
    { stale: 2, closers: 'one process twice' },
  ])('ends a forgotten call once: $closers, look $stale of one is old', async (given) => {
    const one = await open(newRoom())
    const other = given.closers === 'two processes' ? await open(newRoom()) : one
    const gone = await open('gone')
    const room = newRoom()
    const held = hold(gone, room, await gone.claim(request(room, 'j')))
    held.journal.emit(held.created)
    await held.journal.stored({ timeoutMs: 5000 })
    const close = (store: Parameters<typeof closeForgotten>[1]['store']) =>
      closeForgotten({ roomSid: room, reason: 'room-lost' }, { ...deps, store })
    let reads = 0
    await close({
      ...other,
      async read(callId) {
        const found = await other.read(callId)
        reads += 1
        if (reads !== given.stale) return found
        await close(one)
        await settled(one)
        return found
      },
    })
    await settled(other)
    const stream = await client().xrange(`call:call-${room}:events`, '-', '+')
    expect(stream.filter(([, [, json = '']]) => json.includes('"call-ended"'))).toHaveLength(1)
  })

  it('writes an entry once that is written again after its answer got lost', async () => {
    const store = await open('again')
    const room = newRoom()
    const { journal, created } = hold(store, room, await store.claim(request(room, 'j')))
    journal.emit(created)
    await journal.stored({ timeoutMs: 5000 })
    const eventId = journal.lastEventId
    const event: CallEvent = { type: 'call-ringing', at: 2 }
    const snapshot = () => ({
      ...{ call: journal.record, epoch: 1, token: Number.MAX_SAFE_INTEGER, jobId: 'j' },
      ...{ handled: 1, lastEventId: eventId },
    })
    const entry = { callId: `call-${room}`, eventId, line: 'l', event, snapshot, ttlSeconds }
    const outcome = await new Promise((resolve) => {
      store.append({ ...entry, onOutcome: resolve })
    })
    expect(outcome).toBe('written')
    expect(await client().xlen(`call:call-${room}:events`)).toBe(1)
  })

  it('gives a token above all earlier ones although Redis came back empty', async () => {
    const store = await open('before')
    const room = newRoom()
    const { token } = await store.claim(request(room, 'j'))
    await client().flushall()
    const later = await open('after')
    const claimed = await later.claim(request(room, 'j2'))
    expect(claimed.token).toBeGreaterThan(token)
    // The old holder comes back and wants to write back what it knows: the new one keeps the call.
    const old = hold(store, room, { token, epoch: 1 })
    old.journal.emit(old.created)
    expect(await old.journal.stored({ timeoutMs: 5000 })).toBe(false)
    expect(await client().hget(`call:call-${room}:lease`, 'holder')).toBe('after')
  })

  it('adopts a call whose process is gone, and none that is not kept', async () => {
    const [first, second] = [await open('gone'), await open('heir')]
    const room = newRoom()
    const { callId, token, epoch } = await first.claim(request(room, 'j'))
    const adopted = await second.adopt(callId)
    expect(adopted).toMatchObject({ callId, epoch, wasElsewhere: true })
    expect(adopted?.token).toBeGreaterThan(token)
    expect(await second.adopt('call-unknown')).toBeUndefined()
  })
})

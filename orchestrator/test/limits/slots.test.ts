import { needs, startRedis, type TestRedis } from '@trunkline/testkit'
import { Redis } from 'ioredis'
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from 'vitest'
import { createSlots, type SlotBounds } from '../../src/limits/slots.ts'
import { eventually } from '../webhooks/test-webhooks.ts'

const none: SlotBounds = {
  ...{ concurrentAll: undefined, concurrentLine: undefined },
  ...{ perHourAll: undefined, perHourLine: undefined, lineDayCostMicros: undefined },
}
const day = '2026-11-20'

describe('slots of calls in a real redis', needs(['redis']), () => {
  let server: TestRedis
  let redis: Redis
  beforeAll(async () => {
    server = await startRedis()
    redis = new Redis(server.url)
  })
  beforeEach(() => redis.flushall())
  afterAll(async () => {
    redis?.disconnect()
    await server?.stop()
  })
  const replica = (options?: { leaseMs: number }) => {
    const own = new Redis(server.url)
    onTestFinished(() => own.disconnect())
    return createSlots(own, options)
  }
  const call = (callId: string, lineId = 'inn') => ({ callId, lineId, day })

  it('lets exactly as many calls begin as are allowed, though replicas ask at the same time', async () => {
    const replicas = [replica(), replica(), replica()]
    const bounds = { ...none, concurrentLine: 7 }
    const answers = await Promise.all(
      Array.from({ length: 90 }, async (_, n) => {
        const slots = replicas[n % 3]
        return slots?.take(call(`call-${n}`), bounds)
      }),
    )
    expect(answers.filter((answer) => answer === undefined)).toHaveLength(7)
    expect(answers.filter((answer) => answer === 'line-busy')).toHaveLength(83)
  })

  it('counts lines apart and all lines together', async () => {
    const slots = replica()
    const bounds = { ...none, concurrentLine: 2, concurrentAll: 3 }
    expect(await slots.take(call('a1', 'a'), bounds)).toBeUndefined()
    expect(await slots.take(call('a2', 'a'), bounds)).toBeUndefined()
    expect(await slots.take(call('a3', 'a'), bounds)).toBe('line-busy')
    expect(await slots.take(call('b1', 'b'), bounds)).toBeUndefined()
    expect(await slots.take(call('b2', 'b'), bounds)).toBe('line-busy')
    await slots.release(call('a1', 'a'))
    expect(await slots.take(call('b2', 'b'), bounds)).toBeUndefined()
  })

  it('lets a call that has a slot ask again, even when the line is full', async () => {
    const slots = replica()
    const bounds = { ...none, concurrentLine: 1, perHourLine: 1 }
    expect(await slots.take(call('one'), bounds)).toBeUndefined()
    expect(await replica().take(call('one'), bounds)).toBeUndefined()
    expect(await slots.take(call('two'), bounds)).toBe('line-busy')
  })

  it('counts calls of an hour that have ended already', async () => {
    const slots = replica()
    for (const id of ['one', 'two']) {
      expect(await slots.take(call(id), { ...none, perHourLine: 2 })).toBeUndefined()
      await slots.release(call(id))
    }
    expect(await slots.take(call('three'), { ...none, perHourLine: 2 })).toBe('hourly-limit')
    expect(await slots.take(call('four', 'other'), { ...none, perHourAll: 2 })).toBe('hourly-limit')
    expect(await slots.take(call('five', 'other'), { ...none, perHourLine: 2 })).toBeUndefined()
    // An hour later they count no more.
    const [id] = await redis.zrange('limits:line:inn:hour', '0', '0')
    await redis.zadd('limits:line:inn:hour', String(Date.now() - 3_600_001), String(id))
    expect(await slots.take(call('three'), { ...none, perHourLine: 2 })).toBeUndefined()
  })

  it('frees the slots of a replica that died, and not those that are renewed', async () => {
    const dead = replica({ leaseMs: 150 })
    const alive = replica({ leaseMs: 150 })
    const bounds = { ...none, concurrentLine: 2 }
    await dead.take(call('lost'), bounds)
    await alive.take(call('kept'), bounds)
    expect(await alive.take(call('new'), bounds)).toBe('line-busy')
    await eventually(
      async () => {
        await alive.renew([call('kept')])
        return alive.take(call('new'), bounds)
      },
      (answer) => answer === undefined,
    )
    expect(await alive.take(call('newer'), bounds)).toBe('line-busy') // the renewed one counts
  })

  it('counts running calls again after redis has lost everything', async () => {
    const slots = replica()
    await slots.take(call('one'), none)
    await redis.flushall()
    await slots.renew([call('one')])
    expect(await slots.take(call('two'), { ...none, concurrentAll: 1 })).toBe('line-busy')
  })

  it('refuses calls once the line has cost what it may on its day, and none the day after', async () => {
    const slots = replica()
    const bounds = { ...none, lineDayCostMicros: 2_000_000 }
    await slots.addCost('inn', { day, micros: 1_500_000 })
    expect(await slots.take(call('one'), bounds)).toBeUndefined()
    await replica().addCost('inn', { day, micros: 500_000 })
    expect(await slots.take(call('two'), bounds)).toBe('cost-limit')
    expect(await slots.take({ ...call('two'), day: '2026-11-21' }, bounds)).toBeUndefined()
    expect(await slots.take(call('three', 'other'), bounds)).toBeUndefined()
  })

  it('leaves no key without a TTL', async () => {
    const slots = replica()
    await slots.take(call('one'), none)
    await slots.renew([call('one'), call('two', 'other')])
    await slots.addCost('inn', { day, micros: 1 })
    const names = await redis.keys('*')
    expect(names.length).toBeGreaterThanOrEqual(5)
    for (const name of names) expect(await redis.pttl(name), name).toBeGreaterThan(0)
  })

  it('adds no cost to a key that would stay for ever, as when it is cut off in between', async () => {
    await redis.call('ACL', 'SETUSER', 'cut-off', 'on', 'nopass', '~*', '+@all', '-expire')
    const own = new Redis(server.url, { username: 'cut-off', password: 'any' })
    onTestFinished(() => own.disconnect())
    await expect(createSlots(own).addCost('inn', { day, micros: 1 })).rejects.toThrow()
    expect(await redis.keys('*')).toEqual([])
  })
})

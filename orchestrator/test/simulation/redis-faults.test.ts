import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  askForSentences,
  createSimulatedAgent,
  needs,
  type SimulatedAgent,
  startRedis,
} from '@trunkline/testkit'
import { Redis } from 'ioredis'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readEvents } from './look-back.ts'
import { startWorld, type World } from './world.ts'

const channels = 100
const limitMs = 240_000
const digits = '0123456789'

interface OpenCall {
  readonly agent: SimulatedAgent
  readonly room: string
  readonly callId: string
  readonly epoch: number
}

async function openCalls(world: World): Promise<OpenCall[]> {
  return Promise.all(
    Array.from({ length: channels }, async (_none, index) => {
      const room = `call_100_r${index}`
      const { sid } = world.livekit.rooms.join(room, { identity: 'sip_caller', kind: 'sip' })
      const agent = createSimulatedAgent({
        ...{ url: world.url, token: world.tokens.agent },
        job: { room, roomSid: sid, jobId: `AJ_${index}`, metadata: '' },
      })
      world.livekit.rooms.join(room, { identity: `AJ_${index}`, kind: 'agent' })
      agent.send({ type: 'call-status', status: 'active' })
      const { callId, epoch } = await agent.welcome
      return { agent, room, callId, epoch }
    }),
  )
}

/** Every caller says something and hears the whole answer. */
async function everybodyIsAnswered(calls: readonly OpenCall[], label: string): Promise<void> {
  await Promise.all(
    calls.map(async ({ agent }, index) => {
      const own = `${label}${[...String(index)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`
      const turnId = agent.turn(askForSentences(2, own))
      await agent.until(() => agent.isFinished(turnId))
    }),
  )
}

const press = (calls: readonly OpenCall[], pressed: string) => {
  for (const digit of pressed) {
    for (const { agent } of calls) agent.send({ type: 'dtmf', digit })
  }
}

async function hangUp(world: World, calls: readonly OpenCall[]): Promise<void> {
  const ended = calls.map(
    ({ room }) => new Promise<void>((resolve) => world.livekit.rooms.whenEnded(room, resolve)),
  )
  for (const { agent } of calls) agent.send({ type: 'call-ended', reason: 'caller-hangup' })
  await Promise.all(ended)
}

/** Digits and ends of every call as they are stored once each has ended, and what has no TTL. */
async function stored(world: World, calls: readonly OpenCall[]) {
  // A room is deleted before the end of its call is written.
  const open = async () => {
    const streams = await Promise.all(calls.map(({ callId }) => readEvents(world, callId)))
    return streams.filter((events) => !events.some(({ type }) => type === 'call-ended')).length
  }
  await expect.poll(open, { timeout: 30_000 }).toBe(0)
  const streams = await Promise.all(calls.map(({ callId }) => readEvents(world, callId)))
  const keys = await world.redis.keys('*')
  const ttls = await Promise.all(keys.map((key) => world.redis.ttl(key)))
  return {
    digits: new Set(
      streams.map((events) =>
        events.flatMap(({ type, digit }) => (type === 'dtmf' ? (digit ?? '') : [])).join(''),
      ),
    ),
    ends: streams.map((events) => events.filter(({ type }) => type === 'call-ended').length),
    endless: keys.filter((_key, index) => ttls[index] === -1),
  }
}

describe('a Redis that is killed under 100 channels', needs(['redis', 'postgres']), () => {
  it(
    'loses nothing when it comes back with its append-only file',
    async () => {
      const dir = mkdtempSync(join(tmpdir(), 'trunkline-aof-'))
      onTestFinished(() => rmSync(dir, { recursive: true, force: true }))
      const server = await startRedis({ dir })
      const world = await startWorld({ replicas: 2, redisServer: server })
      onTestFinished(() => world.close())
      const calls = await openCalls(world)
      press(calls, digits.slice(0, 4))
      await everybodyIsAnswered(calls, 'before')
      await server.kill()
      press(calls, digits.slice(4, 7))
      const again = await startRedis({ dir, port: server.port })
      onTestFinished(() => again.stop())
      press(calls, digits.slice(7))
      await everybodyIsAnswered(calls, 'after')
      await hangUp(world, calls)
      const found = await stored(world, calls)
      expect(found.digits).toEqual(new Set([digits]))
      expect(found.ends.every((ends) => ends === 1)).toBe(true)
      expect(found.endless).toEqual([])
    },
    limitMs,
  )

  it(
    'is answered through while it is away, and gets state and epoch back when it returns empty',
    async () => {
      const server = await startRedis()
      const world = await startWorld({ replicas: 2, redisServer: server })
      onTestFinished(() => world.close())
      const calls = await openCalls(world)
      await everybodyIsAnswered(calls, 'before')
      await server.kill()
      await everybodyIsAnswered(calls, 'without')
      const again = await startRedis({ port: server.port })
      onTestFinished(() => again.stop())
      await everybodyIsAnswered(calls, 'after')
      const held = async () => {
        const epochs = calls.map(({ callId }) => world.redis.hget(`call:${callId}:lease`, 'epoch'))
        return (await Promise.all(epochs)).map(Number)
      }
      const epochs = calls.map(({ epoch }) => epoch)
      await expect.poll(held, { timeout: 20_000 }).toEqual(epochs)
      // The last turns may be on their way still: callers do not wait for Redis.
      const withoutTurn = async () => {
        const states = await Promise.all(
          calls.map(({ callId }) => world.redis.get(`call:${callId}`)),
        )
        return states.filter((state) => !state?.includes('"turn-3"')).length
      }
      await expect.poll(withoutTurn, { timeout: 20_000 }).toBe(0)
      await hangUp(world, calls)
      const found = await stored(world, calls)
      expect(found.ends.every((ends) => ends === 1)).toBe(true)
      expect(found.endless).toEqual([])
    },
    limitMs,
  )

  it(
    'hands over to its replica, with every event once',
    async () => {
      const [server, standby] = await Promise.all([startRedis(), startRedis()])
      onTestFinished(() => standby.stop())
      const world = await startWorld({ replicas: 2, redisServer: server })
      onTestFinished(() => world.close())
      const control = new Redis(standby.url)
      onTestFinished(() => control.disconnect())
      await control.call('REPLICAOF', '127.0.0.1', server.port)
      const info = async () => String(await control.info('replication'))
      await expect.poll(info, { timeout: 10_000 }).toContain('master_link_status:up')
      const calls = await openCalls(world)
      press(calls, digits.slice(0, 5))
      await everybodyIsAnswered(calls, 'before')
      // What was not replicated yet is lost with the master: that is Redis' promise, not ours.
      await world.redis.wait(1, 2000)
      await server.kill()
      await control.call('REPLICAOF', 'NO', 'ONE')
      world.wire.setBackends([{ port: standby.port }])
      world.wire.cut()
      press(calls, digits.slice(5))
      await everybodyIsAnswered(calls, 'after')
      await hangUp(world, calls)
      const promoted = new Redis(`${standby.url}/1`)
      onTestFinished(() => promoted.disconnect())
      const found = await stored({ ...world, redis: promoted }, calls)
      expect(found.digits).toEqual(new Set([digits]))
      expect(found.ends.every((ends) => ends === 1)).toBe(true)
      expect(found.endless).toEqual([])
    },
    limitMs,
  )
})

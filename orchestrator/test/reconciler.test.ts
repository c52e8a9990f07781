import { setTimeout as sleep } from 'node:timers/promises'
import { createLogger } from '@trunkline/telemetry'
import {
  needs,
  startFakeLiveKit,
  startLiveKitServer,
  startRedis,
  startTcpProxy,
  type TestLiveKit,
  type TestRedis,
} from '@trunkline/testkit'
import { Redis } from 'ioredis'
import { RoomServiceClient, SipClient } from 'livekit-server-sdk'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createRooms } from '../src/livekit/rooms.ts'
import type { Overrides } from '../src/service.ts'
import { joinCall, newJob } from './support/agent.ts'
import { type DroppingProxy, startDroppingProxy } from './support/dropping-proxy.ts'
import { readEvents } from './support/events.ts'
import { livekitKey, livekitSecret, startTestService } from './support/service.ts'

const reconcileMs = 200
const livekitKeys = { apiKey: livekitKey, apiSecret: livekitSecret }

describe('the reconciler', needs(['redis', 'livekit-server']), () => {
  let ours: TestRedis
  let livekit: TestLiveKit
  let proxy: DroppingProxy
  let client: RoomServiceClient
  let finished = 0

  beforeAll(async () => {
    ours = await startRedis()
    // Of every ten ends of rooms the first three are lost.
    proxy = await startDroppingProxy((body) => {
      if (!body.includes('"room_finished"')) return false
      finished += 1
      return finished % 10 < 3
    })
    const webhookUrls = [`${proxy.url}/v1/livekit/webhook`]
    livekit = await startLiveKitServer({ ...livekitKeys, webhookUrls })
    client = new RoomServiceClient(livekit.url.replace('ws', 'http'), livekitKey, livekitSecret)
  })
  afterAll(async () => {
    await livekit?.close()
    await proxy?.close()
    await ours?.stop()
  })

  const start = (overrides: Partial<Overrides> = {}, env: Record<string, string> = {}) => {
    const rooms = createRooms({
      ...{ url: livekit.url, ...livekitKeys, redisUrl: livekit.redis.url },
      logger: createLogger('test', { level: 'silent' }),
    })
    return startTestService({
      redisUrl: ours.url,
      env: { LIVEKIT_URL: livekit.url, ...env },
      // A lost channel is waited for throughout: what ends a call here is not its time-out.
      overrides: { rooms, reconcileMs, channelGraceMs: 600_000, webhookGraceMs: 0, ...overrides },
    })
  }
  /** A livekit-server whose Redis came back empty has no node for a room until it has registered itself again. */
  const createRoom = async (name: string) => {
    for (;;) {
      const room = await client.createRoom({ name, emptyTimeout: 600 }).catch(() => undefined)
      if (room) return room
      await sleep(100)
    }
  }
  /** A real room, and an agent whose channel says that the caller was answered. */
  const beginCall = async (url: string) => {
    const job = newJob()
    const room = await createRoom(job.room)
    const joined = await joinCall(url, { ...job, roomSid: room.sid })
    joined.agent.send({ type: 'call-status', status: 'active' })
    await readEvents(url, joined.callId, { until: ({ type }) => type === 'call-active' })
    return joined
  }
  const types = async (url: string, callId: string) =>
    (await readEvents(url, callId)).map(({ event }) => event)

  it('ends every call whose room has finished when 30 % of the webhooks are lost', async () => {
    const service = await start()
    proxy.setTarget(service.url)
    const calls = await Promise.all(Array.from({ length: 20 }, () => beginCall(service.url)))
    for (const { agent } of calls) await agent.kill()
    await Promise.all(calls.map(({ job }) => client.deleteRoom(job.room)))
    const ends = await Promise.all(calls.map(({ callId }) => types(service.url, callId)))
    for (const events of ends) {
      expect(events.filter(({ type }) => type === 'call-ended')).toMatchObject([
        { reason: 'room-lost' },
      ])
    }
    const lost = calls.filter(({ job }) => proxy.dropped.some((body) => body.includes(job.roomSid)))
    expect(lost).toHaveLength(6)
    for (const { callId } of lost) {
      expect(ends[calls.findIndex((call) => call.callId === callId)]).toContainEqual(
        expect.objectContaining({ type: 'reconciled', what: 'room-gone' }),
      )
    }
  })

  it('leaves a call alone whose channel is open, whatever is listed', async () => {
    const service = await start()
    const { agent, callId } = await joinCall(service.url)
    agent.send({ type: 'call-status', status: 'active' })
    const other = await beginCall(service.url)
    await other.agent.kill()
    await client.deleteRoom(other.job.room)
    await readEvents(service.url, other.callId) // ends, so the reconciler has looked twice
    expect(await service.call(callId)).toMatchObject({ state: 'active' })
    await agent.close()
  })

  it('closes a call of an orchestrator that has stopped and whose room is gone', async () => {
    const first = await start()
    const { callId, job } = await beginCall(first.url)
    await first.close()
    const second = await start()
    await client.deleteRoom(job.room)
    expect(await types(second.url, callId)).toContainEqual(
      expect.objectContaining({ type: 'reconciled', what: 'orchestrator-gone' }),
    )
    expect(await second.call(callId)).toMatchObject({
      ...{ state: 'failed', endReason: 'orchestrator-stopped' },
    })
  })

  it('deletes the room of an ended call again', async () => {
    const rooms = createRooms({
      ...{ url: livekit.url, ...livekitKeys },
      logger: createLogger('test', { level: 'silent' }),
    })
    let refusals = 1
    const stubborn = {
      ...rooms,
      async delete(room: string) {
        refusals -= 1
        if (refusals >= 0) throw new Error('livekit-server is away')
        await rooms.delete(room)
      },
    }
    const service = await start({ rooms: stubborn })
    const { agent, job, callId } = await beginCall(service.url)
    agent.send({ type: 'call-ended', reason: 'caller-hangup' })
    await readEvents(service.url, callId)
    while ((await client.listRooms([job.room])).length > 0) await sleep(50)
    const redis = new Redis(ours.url)
    onTestFinished(() => redis.disconnect())
    while ((await redis.xlen(`call:${callId}:events`)) < 5) await sleep(50)
    const stored = await redis.xrevrange(`call:${callId}:events`, '+', '-', 'COUNT', 1)
    expect(stored[0]?.[1][1]).toContain('room-left-over')
    await agent.close()
  })

  it('goes on saying that it lives while livekit-server keeps a look waiting', async () => {
    const rooms = createRooms({
      ...{ url: livekit.url, ...livekitKeys },
      logger: createLogger('test', { level: 'silent' }),
    })
    let asked = () => {}
    const isLooking = new Promise<void>((resolve) => {
      asked = resolve
    })
    const list = () => {
      asked()
      return sleep(8000, [])
    }
    const redis = new Redis(ours.url)
    onTestFinished(() => redis.disconnect())
    const before = new Set(await redis.smembers('replicas'))
    await start({ rooms: { ...rooms, list } })
    await isLooking
    const [holder = ''] = (await redis.smembers('replicas')).filter((one) => !before.has(one))
    await redis.pexpire(`replica:${holder}`, 400_000)
    // A beat sets its own, shorter time again.
    await expect.poll(() => redis.pttl(`replica:${holder}`), { timeout: 4000 }).toBeLessThan(5000)
    expect(await redis.pttl(`replica:${holder}`)).toBeGreaterThan(0)
  })

  it('shows a room without a call to whoever sends agents', async () => {
    let show = (_sid: string) => {}
    const seen = new Promise<string>((resolve) => {
      show = resolve
    })
    const { sid, name } = await client.createRoom({ name: newJob().room, emptyTimeout: 600 })
    await start({ onRoomSeen: (room) => room.sid === sid && show(room.name) })
    expect(await seen).toBe(name)
  })

  it('deletes the keys that livekit-server leaves behind, and not those of its rooms', async () => {
    const redis = new Redis(livekit.redis.url)
    onTestFinished(() => redis.disconnect())
    const { name } = await client.createRoom({ name: newJob().room, emptyTimeout: 600 })
    await redis.mset('agent_job:call_100_gone', 'x', `agent_job:${name}`, 'x')
    await start()
    while ((await redis.exists('agent_job:call_100_gone')) > 0) await sleep(50)
    expect(await redis.exists(`agent_job:${name}`)).toBe(1)
  })

  it('makes trunk and rule again when LiveKit’s Redis came back empty, and ends no call for it', async () => {
    const env = { SIP_TRUNK_USERNAME: 'caller', SIP_TRUNK_PASSWORD: 'a-password-for-tests' }
    const service = await start({}, env)
    const sip = new SipClient(livekit.url.replace('ws', 'http'), livekitKey, livekitSecret)
    while ((await sip.listSipDispatchRule()).length === 0) await sleep(50)
    const bridged = await beginCall(service.url)
    await bridged.agent.kill()
    const redis = new Redis(livekit.redis.url)
    onTestFinished(() => redis.disconnect())
    await redis.flushall()
    while ((await sip.listSipDispatchRule()).length === 0) await sleep(50)
    const [trunk] = await sip.listSipInboundTrunk()
    expect(await sip.listSipDispatchRule()).toMatchObject([{ trunkIds: [trunk?.sipTrunkId] }])
    const younger = await beginCall(service.url)
    await younger.agent.kill()
    await client.deleteRoom(younger.job.room)
    await readEvents(service.url, younger.callId) // a call after the loss is judged by the list again
    expect(await service.call(bridged.callId)).toMatchObject({ state: 'active' })
  })
})

describe('the reconciler, beside a played livekit-server', needs(['redis']), () => {
  const startWorld = async () => {
    const ours = await startRedis()
    onTestFinished(() => ours.stop())
    const livekit = await startFakeLiveKit(livekitKeys)
    onTestFinished(() => livekit.close())
    const dispatched: string[] = []
    const start = (everyMs: number, redisUrl = ours.url) =>
      startTestService({
        redisUrl,
        env: { LIVEKIT_URL: livekit.url },
        overrides: {
          rooms: createRooms({
            ...{ url: livekit.url, ...livekitKeys },
            logger: createLogger('test', { level: 'silent' }),
          }),
          agents: {
            dispatch: async ({ room }) => void dispatched.push(room),
            metadataOf: async () => '',
          },
          dispatchTimes: { patientMs: 50 },
          reconcileMs: everyMs,
        },
      })
    /** A caller in a room, and an agent that was answered. */
    const beginCall = async (url: string) => {
      const job = newJob()
      const { sid } = livekit.rooms.join(job.room, { identity: 'sip_1', kind: 'sip' })
      const joined = await joinCall(url, { ...job, roomSid: sid })
      joined.agent.send({ type: 'call-status', status: 'active' })
      await readEvents(url, joined.callId, { until: ({ type }) => type === 'call-active' })
      return joined
    }
    return { ours, livekit, dispatched, start, beginCall }
  }
  const reconciledAs = async (url: string, callId: string) => {
    const events = await readEvents(url, callId, { until: ({ type }) => type === 'reconciled' })
    return events.at(-1)?.event
  }

  it('takes a caller over whose orchestrator and agent have both died, and sends an agent', async () => {
    const { dispatched, start, beginCall } = await startWorld()
    const first = await start(reconcileMs)
    const { agent, callId, job } = await beginCall(first.url)
    await agent.kill()
    await first.close()
    dispatched.length = 0
    const second = await start(reconcileMs)
    expect(await reconciledAs(second.url, callId)).toMatchObject({ what: 'orchestrator-gone' })
    while (dispatched.length === 0) await sleep(50)
    expect(dispatched[0]).toBe(job.room)
    expect(await second.call(callId)).toMatchObject({ state: 'active' })
  })

  it('looks at once when an orchestrator has died without a word, long before its next look', async () => {
    const never = 3_600_000
    const { ours, livekit, dispatched, start, beginCall } = await startWorld()
    const wire = await startTcpProxy([{ port: ours.port }])
    onTestFinished(() => wire.close())
    const first = await start(never, `redis://127.0.0.1:${wire.port}`)
    const waiting = await beginCall(first.url)
    const left = await beginCall(first.url)
    await Promise.all([waiting.agent.kill(), left.agent.kill()])
    await wire.close() // what it would say in farewell is lost, as with kill -9
    await first.close()
    dispatched.length = 0
    livekit.rooms.leave(left.job.room, 'sip_1')

    const second = await start(never)
    const what = 'orchestrator-gone'
    expect(await reconciledAs(second.url, waiting.callId)).toMatchObject({ what })
    while (dispatched.length === 0) await sleep(50)
    expect(dispatched[0]).toBe(waiting.job.room)
    const [, end] = await Promise.all([
      reconciledAs(second.url, left.callId),
      readEvents(second.url, left.callId),
    ])
    expect(end.at(-1)?.event).toMatchObject({ type: 'call-ended', reason: 'orchestrator-stopped' })
    const redis = new Redis(ours.url)
    onTestFinished(() => redis.disconnect())
    while ((await redis.scard('replicas')) > 1) await sleep(50) // the dead one is buried
  })
})

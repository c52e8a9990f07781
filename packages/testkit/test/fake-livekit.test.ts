import { RoomServiceClient, SipClient } from 'livekit-server-sdk'
import { describe, expect, it, onTestFinished } from 'vitest'
import { startFakeLiveKit } from '../src/livekit/fake-livekit.ts'
import { startWebhookSink } from '../src/livekit/webhook-sink.ts'

const keys = { apiKey: 'devkey', apiSecret: 'secret-of-more-than-32-characters-' }

async function start() {
  const sink = await startWebhookSink(keys)
  onTestFinished(() => sink.close())
  const livekit = await startFakeLiveKit({ ...keys, webhookUrls: [sink.url], webhookRetryMs: 1 })
  onTestFinished(() => livekit.close())
  const rooms = new RoomServiceClient(livekit.url, keys.apiKey, keys.apiSecret)
  const sip = new SipClient(livekit.url, keys.apiKey, keys.apiSecret)
  return { sink, livekit, rooms, sip }
}

describe('the faults of the fake livekit-server', () => {
  it('sends a webhook twice under one id', async () => {
    const { sink, livekit, rooms } = await start()
    livekit.setWebhooks({ duplicateRate: 1 })
    await rooms.createRoom({ name: 'a' })
    await livekit.webhooksSettled()
    expect(sink.events.map(({ event }) => event)).toEqual(['room_started', 'room_started'])
    expect(new Set(sink.events.map(({ id }) => id)).size).toBe(1)
  })

  it('drops webhooks and counts them as made', async () => {
    const { sink, livekit, rooms } = await start()
    livekit.setWebhooks({ dropRate: 1 })
    await rooms.createRoom({ name: 'a' })
    await livekit.webhooksSettled()
    expect(sink.events).toEqual([])
    expect(livekit.webhooks).toEqual({ emitted: 1, delivered: 0 })
  })

  it('forgets rooms, trunks and rules with its Redis, while the caller stays and can be hung up', async () => {
    const { livekit, rooms, sip } = await start()
    livekit.rooms.join('a', { identity: 'sip_1', kind: 'sip' })
    await sip.createSipInboundTrunk('t', [], { authUsername: 'u', authPassword: 'p' })
    livekit.loseRedis()
    expect(await rooms.listRooms()).toEqual([])
    expect(await rooms.listParticipants('a')).toEqual([])
    expect(await sip.listSipInboundTrunk()).toEqual([])
    await expect(rooms.deleteRoom('a')).rejects.toMatchObject({ code: 'not_found' })
    expect(livekit.rooms.hasCaller('a')).toBe(true)
  })

  it('fails only the methods it is told to', async () => {
    const { livekit, rooms } = await start()
    livekit.setFaults({ errorRate: 1, methods: ['DeleteRoom'] })
    await rooms.createRoom({ name: 'a' })
    await expect(rooms.deleteRoom('a')).rejects.toMatchObject({ status: 503 })
    livekit.setFaults({})
    await rooms.deleteRoom('a')
    expect(livekit.rooms.names()).toEqual([])
  })

  it('gives a dispatched job to the worker of that name, and tells of the room’s end', async () => {
    const { livekit } = await start()
    const job = new Promise((resolve) => livekit.rooms.work('agent', resolve))
    const { sid } = livekit.rooms.join('a', { identity: 'sip_1', kind: 'sip' })
    livekit.rooms.dispatch('a', 'agent', '{"epoch":2}')
    expect(await job).toMatchObject({ room: 'a', roomSid: sid, metadata: '{"epoch":2}' })
    const ended = new Promise<void>((resolve) => livekit.rooms.whenEnded('a', resolve))
    livekit.rooms.delete('a')
    await ended
  })
})

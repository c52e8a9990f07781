import { randomUUID } from 'node:crypto'
import {
  AccessToken,
  AgentDispatchClient,
  RoomAgentDispatch,
  RoomConfiguration,
  RoomServiceClient,
  SipClient,
} from 'livekit-server-sdk'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { startWebhookSink, type WebhookSink } from './webhook-sink.ts'

export interface LiveKitUnderTest {
  readonly url: string
  close(): Promise<void>
}

const keys = { apiKey: 'devkey', apiSecret: 'secret-of-more-than-32-characters-' }

/**
 * What Trunkline relies on in livekit-server's HTTP API and webhooks. livekit-server itself and the fake run the
 * same suite; call it inside a `describe`.
 */
export function testLiveKit(
  start: (options: typeof keys & { webhookUrls: readonly string[] }) => Promise<LiveKitUnderTest>,
): void {
  let server: LiveKitUnderTest
  let sink: WebhookSink
  beforeAll(async () => {
    sink = await startWebhookSink(keys)
    server = await start({ ...keys, webhookUrls: [sink.url] })
  })
  afterAll(async () => {
    await server?.close()
    await sink?.close()
  })
  const host = () => server.url.replace('ws', 'http')
  const clients = (secret = keys.apiSecret) => ({
    rooms: new RoomServiceClient(host(), keys.apiKey, secret),
    dispatches: new AgentDispatchClient(host(), keys.apiKey, secret),
    sip: new SipClient(host(), keys.apiKey, secret),
  })
  const newName = () => `room-${randomUUID()}`
  const codeOf = (work: Promise<unknown>) =>
    work.then(
      () => 'ok',
      (error: unknown) =>
        error instanceof Error && 'code' in error ? String(error.code) : String(error),
    )

  it('lists a room from its making to its end, always under one sid', async () => {
    const { rooms } = clients()
    const name = newName()
    const made = await rooms.createRoom({ name })
    expect(made.sid).toMatch(/^RM_/)
    expect((await rooms.createRoom({ name })).sid).toBe(made.sid)
    const listed = await rooms.listRooms([name])
    expect(listed.map(({ sid }) => sid)).toEqual([made.sid])
    expect(Number(listed[0]?.creationTime)).toBeGreaterThan(1_700_000_000)
    expect((await rooms.listRooms()).some(({ sid }) => sid === made.sid)).toBe(true)
    await rooms.deleteRoom(name)
    expect(await rooms.listRooms([name])).toEqual([])
  })

  it('gives a room that is made again a new sid', async () => {
    const { rooms } = clients()
    const name = newName()
    const first = await rooms.createRoom({ name })
    await rooms.deleteRoom(name)
    expect((await rooms.createRoom({ name })).sid).not.toBe(first.sid)
    await rooms.deleteRoom(name)
  })

  it('answers not_found for a room or participant that is not there', async () => {
    const { rooms } = clients()
    const name = newName()
    expect(await codeOf(rooms.deleteRoom(name))).toBe('not_found')
    await rooms.createRoom({ name })
    expect(await codeOf(rooms.removeParticipant(name, 'nobody'))).toBe('not_found')
    await rooms.deleteRoom(name)
  })

  it('lists nobody in an empty room, nor in one that is not there', async () => {
    const { rooms } = clients()
    const name = newName()
    expect(await rooms.listParticipants(name)).toEqual([])
    await rooms.createRoom({ name })
    expect(await rooms.listParticipants(name)).toEqual([])
    await rooms.deleteRoom(name)
  })

  it('refuses a wrong signature', async () => {
    const { rooms } = clients('another-secret-of-32-characters-or-more')
    const work = rooms.listRooms()
    await expect(work).rejects.toMatchObject({ status: 401 })
  })

  it('refuses a token without the grant, as unauthenticated', async () => {
    const header = await tokenFor({ roomJoin: true, room: 'x' })
    const response = await fetch(`${host()}/twirp/livekit.RoomService/ListRooms`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: header },
      body: '{}',
    })
    expect([response.status, await response.json()]).toMatchObject([
      401,
      { code: 'unauthenticated' },
    ])
  })

  it('takes a dispatch that no worker is there for, into a room that it makes', async () => {
    const { rooms, dispatches } = clients()
    const name = newName()
    const made = await dispatches.createDispatch(name, 'nobody', { metadata: '{"epoch":3}' })
    expect(made).toMatchObject({ room: name, agentName: 'nobody', metadata: '{"epoch":3}' })
    expect(made.id).toMatch(/^AD_/)
    expect((await dispatches.listDispatch(name)).map(({ id }) => id)).toContain(made.id)
    expect(await rooms.listRooms([name])).toHaveLength(1)
    await dispatches.deleteDispatch(made.id, name)
    // What stays is the one that every room has for workers without a name.
    expect((await dispatches.listDispatch(name)).map(({ agentName }) => agentName)).toEqual([''])
    await rooms.deleteRoom(name)
  })

  it('keeps inbound trunks and dispatch rules under ids of their own', async () => {
    const { sip } = clients()
    const trunk = await sip.createSipInboundTrunk('t', [], {
      ...{ authUsername: 'u', authPassword: 'p' },
    })
    expect(trunk.sipTrunkId).toMatch(/^ST_/)
    const rule = await sip.createSipDispatchRule(
      { type: 'callee', roomPrefix: 'call', randomize: true },
      {
        name: 'r',
        trunkIds: [trunk.sipTrunkId],
        roomConfig: new RoomConfiguration({ agents: [new RoomAgentDispatch({ agentName: 'a' })] }),
      },
    )
    expect(rule.sipDispatchRuleId).toMatch(/^SDR_/)
    const [listed] = (await sip.listSipInboundTrunk()).filter(({ name }) => name === 't')
    expect(listed?.sipTrunkId).toBe(trunk.sipTrunkId)
    const [listedRule] = (await sip.listSipDispatchRule()).filter(({ name }) => name === 'r')
    expect(listedRule?.roomConfig?.agents[0]?.agentName).toBe('a')
    expect(listedRule?.trunkIds).toEqual([trunk.sipTrunkId])
    await sip.deleteSipDispatchRule(rule.sipDispatchRuleId)
    await sip.deleteSipTrunk(trunk.sipTrunkId)
    expect((await sip.listSipInboundTrunk()).filter(({ name }) => name === 't')).toEqual([])
    expect(await codeOf(sip.deleteSipTrunk(trunk.sipTrunkId))).toBe('ok')
  })

  it('sends signed webhooks of a room’s beginning and end, in that order', async () => {
    const { rooms } = clients()
    const name = newName()
    const made = await rooms.createRoom({ name })
    const started = await sink.next('room_started', name)
    expect(started.id).toMatch(/^EV_/)
    expect(started.room?.sid).toBe(made.sid)
    expect(Math.abs(Number(started.createdAt) - Date.now() / 1000)).toBeLessThan(60)
    expect(sink.headers['content-type']).toBe('application/webhook+json')
    expect(sink.headers['authorization']).not.toMatch(/^Bearer/)
    await rooms.deleteRoom(name)
    const finished = await sink.next('room_finished', name)
    expect(finished.id).not.toBe(started.id)
    expect(finished.room?.sid).toBe(made.sid)
  })

  it('sends a webhook again, with its id, when it was answered with 500', async () => {
    const { rooms } = clients()
    const name = newName()
    sink.refuse(1, 500)
    await rooms.createRoom({ name })
    const started = await sink.next('room_started', name)
    expect(started.room?.name).toBe(name)
    await rooms.deleteRoom(name)
  })
}

async function tokenFor(grant: { roomJoin: true; room: string }): Promise<string> {
  const token = new AccessToken(keys.apiKey, keys.apiSecret, { ttl: 60, identity: 'i' })
  token.addGrant(grant)
  return `Bearer ${await token.toJwt()}`
}

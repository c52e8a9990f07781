import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CreateSIPParticipantRequest, SIPParticipantInfo } from '@livekit/protocol'
import { dispose } from '@livekit/rtc-node'
import { createPhone } from '@trunkline/telephony'
import {
  freePort,
  type NodeService,
  needs,
  parsePrometheus,
  startNodeService,
  sumOf,
} from '@trunkline/testkit'
import { AccessToken } from 'livekit-server-sdk'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import {
  type LivekitChain,
  startLivekitChain,
} from '../../../packages/telephony/test/livekit-chain.ts'
import { openCarrier, refuses, rings } from './carrier.ts'
import { openRawCaller } from './raw-caller.ts'
import { newNumber, type Setting, useSetting } from './setting.ts'

const main = join(dirname(fileURLToPath(import.meta.url)), '../src/main.ts')
const keys = { apiKey: 'devkey', apiSecret: 'a-secret-of-at-least-32-characters' }

/** The stand-in as `up` starts it: a process of its own. */
async function startProcess(livekitUrl: string) {
  const port = await freePort()
  const service = await startNodeService({
    main,
    portVariable: 'SIP_API_PORT',
    readyPath: '/healthz',
    env: {
      LIVEKIT_URL: livekitUrl,
      LIVEKIT_API_KEY: keys.apiKey,
      LIVEKIT_API_SECRET: keys.apiSecret,
      SIP_PORT: String(port),
      LOG_LEVEL: 'info',
    },
  })
  return { service, port }
}

afterAll(() => dispose())

describe('the gateway without livekit-server', () => {
  it('is alive, not ready, and refuses calls for now', async () => {
    const { service, port } = await startProcess(`ws://127.0.0.1:${await freePort()}`)
    onTestFinished(() => service.stop())
    expect((await fetch(`${service.url}/healthz`)).status).toBe(200)
    expect((await fetch(`${service.url}/readyz`)).status).toBe(503)
    const phone = await createPhone()
    const call = await phone.call({ to: '100', from: '200', host: '127.0.0.1', port })
    expect(await call.ended).toMatchObject({ status: 503, reason: 'Try again later' })
    await phone.close()
  })

  it('knows who asks before it does anything', async () => {
    const { service } = await startProcess(`ws://127.0.0.1:${await freePort()}`)
    onTestFinished(() => service.stop())
    const ask = async (method: string, authorization: string, body: string | Uint8Array) => {
      const type = typeof body === 'string' ? 'application/json' : 'application/protobuf'
      const headers = { 'content-type': type, authorization }
      const url = `${service.url}/twirp/livekit.SIP/${method}`
      const response = await fetch(url, { method: 'POST', headers, body })
      expect(response.headers.get('content-type')).toBe('application/json')
      return await response.json()
    }
    const token = new AccessToken(keys.apiKey, keys.apiSecret)
    token.addSIPGrant({ call: true })
    token.addGrant({ roomAdmin: true, room: 'mine' })
    const right = `Bearer ${await token.toJwt()}`
    const forged = new AccessToken(keys.apiKey, 'another-secret-of-32-characters-or-more')
    forged.addSIPGrant({ call: true })
    const wrong = `Bearer ${await forged.toJwt()}`
    const denied = { code: 'unauthenticated', msg: 'permissions denied' }
    for (const header of ['', 'Bearer x', wrong]) {
      expect(await ask('CreateSIPParticipant', header, '{}')).toEqual(denied)
    }
    const other = JSON.stringify({ roomName: 'theirs', transferTo: 'tel:+1' })
    expect(await ask('TransferSIPParticipant', right, other)).toEqual(denied)
    const missing = { code: 'invalid_argument', msg: 'Missing room name' }
    expect(await ask('TransferSIPParticipant', right, '{}')).toEqual(missing)
    for (const broken of ['{"x": ', Uint8Array.from([255, 255, 255])]) {
      expect(await ask('CreateSIPParticipant', right, broken)).toMatchObject({ code: 'malformed' })
    }
    expect(await ask('ListSIPInboundTrunk', right, '{}')).toMatchObject({ code: 'bad_route' })
    const overTcp = { trunk: { hostname: 'a', transport: 'SIP_TRANSPORT_TCP' } }
    const dialled = JSON.stringify({ ...overTcp, roomName: 'r', sipCallTo: '1' })
    expect(await ask('CreateSIPParticipant', right, dialled)).toMatchObject({
      ...{ code: 'invalid_argument', msg: expect.stringContaining('UDP only') },
    })
  })
})

describe('the gateway as a process', needs(['livekit-server', 'redis']), () => {
  let service: NodeService
  const setting = useSetting(
    async (): Promise<LivekitChain> =>
      startLivekitChain({
        async startGateway({ url }) {
          const started = await startProcess(url)
          service = started.service
          return { port: started.port, apiUrl: service.url, close: () => service.stop() }
        },
      }),
  )
  const figures = async () => {
    const text = await (await fetch(`${service.url}/metrics`)).text()
    // prom-client writes the event loop's lag as "Nan" when it is asked twice within a moment.
    const own = text.split('\n').filter((line) => line.includes('standin_sip_'))
    return parsePrometheus(`${own.join('\n')}\n`)
  }

  it('is ready, and counts calls and the packets it ignored', async () => {
    const { admin, chain, join, talk } = setting()
    expect((await fetch(`${service.url}/readyz`)).status).toBe(200)
    const to = newNumber()
    const trunk = await admin.createSipInboundTrunk(to, [to])
    await admin.createSipDispatchRule(
      { type: 'callee', roomPrefix: 'raw', randomize: true },
      { trunkIds: [trunk.sipTrunkId] },
    )
    const other = await talk()
    const raw = await openRawCaller(chain.sip)
    raw.send('no SIP at all\r\n\r\n')
    const calling = raw.call(to)
    const guest = await join(other.call, `raw_${to}_`)
    await guest.speak()
    const { sendRtp } = await calling
    for (let sent = 0; sent < 8; sent += 1) sendRtp(96)
    await other.call.sendDtmf('1')
    await expect.poll(() => other.guest.digits.length).toBe(1)
    await setting().chain.rooms.deleteRoom(guest.name)
    await raw.next('BYE')
    await expect
      .poll(async () =>
        sumOf(await figures(), 'standin_sip_rtp_ignored_total', { kind: 'payload-type' }),
      )
      .toBe(8)
    const found = await figures()
    expect(sumOf(found, 'standin_sip_sip_ignored_total')).toBe(1)
    expect(sumOf(found, 'standin_sip_invites_total', { outcome: 'answered' })).toBe(2)
    expect(sumOf(found, 'standin_sip_calls_active')).toBe(1)
    expect(sumOf(found, 'standin_sip_calls_ended_total', { by: 'room' })).toBe(1)
    raw.close()
    await guest.leave()
    await other.guest.leave()
    await other.call.hangup()
  })

  it('speaks protobuf as it speaks JSON', async () => {
    const carrier = await openCarrier(setting(), rings)
    const room = newNumber()
    const token = new AccessToken(keys.apiKey, keys.apiSecret)
    token.addSIPGrant({ call: true })
    const asked = new CreateSIPParticipantRequest({
      ...{ sipTrunkId: carrier.trunkId, sipCallTo: '+49301', roomName: room },
    })
    const headers = {
      'content-type': 'application/protobuf',
      authorization: `Bearer ${await token.toJwt()}`,
    }
    const url = `${service.url}/twirp/livekit.SIP/CreateSIPParticipant`
    const response = await fetch(url, { method: 'POST', headers, body: asked.toBinary() })
    const info = SIPParticipantInfo.fromBinary(new Uint8Array(await response.arrayBuffer()))
    expect(info).toMatchObject({ roomName: room, participantIdentity: 'sip_+49301' })
    await setting().chain.rooms.deleteRoom(room)
    await carrier.close()
  })

  it('forgets a call that was refused at once, so that its participant can dial again', async () => {
    const { ask } = setting()
    const carrier = await openCarrier(setting(), refuses(486, 'Busy Here'))
    const dial = () =>
      ask((api) =>
        api.createSipParticipant(carrier.trunkId, '+49301', newNumber(), {
          ...{ participantIdentity: 'callee', waitUntilAnswered: true, ringingTimeout: 5 },
        }),
      )
    for (let time = 0; time < 3; time += 1) {
      await expect(dial()).rejects.toMatchObject({ code: 'resource_exhausted' })
    }
    await carrier.close()
  })

  it('writes no number and no name into its log', async () => {
    const of: Setting = setting()
    const { call, guest } = await of.talk()
    await call.hangup()
    await expect.poll(() => guest.room.remoteParticipants.size).toBe(0)
    await guest.leave()
    expect(service.output()).toContain('inbound call answered')
    expect(service.output()).not.toMatch(/4915112345678|\+4930|right-password/)
  })

  it('hangs up, leaves its rooms and ends when it is told to', async () => {
    const { call, guest } = await setting().talk()
    await service.stop()
    expect(await call.ended).toMatchObject({ by: 'remote', code: 'hangup' })
    await expect.poll(() => guest.room.remoteParticipants.size).toBe(0)
    expect(guest.statusesOf('sip_+4915112345678').at(-1)).toBe('hangup')
    expect(service.isRunning).toBe(false)
    await guest.leave()
  })
})

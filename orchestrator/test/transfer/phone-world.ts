import { setTimeout as sleep } from 'node:timers/promises'
import {
  AudioFrame,
  AudioSource,
  LocalAudioTrack,
  type LocalTrackPublication,
  Room,
  RoomEvent,
  TrackPublishOptions,
  TrackSource,
} from '@livekit/rtc-node'
import { briefTrackName, type CallEvent, type Line, line as lineSchema } from '@trunkline/contracts'
import { createDisposalStack } from '@trunkline/runtime'
import { createLogger } from '@trunkline/telemetry'
import { type Call, createPhone, type IncomingCall, type Phone } from '@trunkline/telephony'
import {
  startLiveKitServer,
  startRedis,
  type TestLiveKit,
  type TestRedis,
} from '@trunkline/testkit'
import { AccessToken, RoomServiceClient, SipClient } from 'livekit-server-sdk'
import { createRooms } from '../../src/livekit/rooms.ts'
import { openTestDatabase, type TestDatabase } from '../database/test-database.ts'
import { connectAgent, hello, type Job, type TestAgent } from '../support/agent.ts'
import { readEvents, type SentEvent } from '../support/events.ts'
import { startLiveKitSip, type TestSip } from '../support/livekit-sip.ts'
import {
  livekitKey,
  livekitSecret,
  operatorToken,
  type StreamTurn,
  startTestService,
  type TestService,
} from '../support/service.ts'
import { testLine } from '../support/test-line.ts'

const keys = { apiKey: livekitKey, apiSecret: livekitSecret }
const credentials = { username: 'caller', password: 'a-password-for-tests' }

/** livekit-server, livekit-sip and two telephones: one calls us, the other is whom callers are handed to. */
export interface PhoneWorld {
  readonly redis: TestRedis
  readonly livekit: TestLiveKit
  readonly database: TestDatabase
  readonly rooms: RoomServiceClient
  readonly trunkId: string
  /** A caller who has been answered by a job in the room, with the job's channel still to be opened. */
  dial(): Promise<AnsweredCall>
  /** What the other telephone does with the next calls. */
  onColleague(answer: (incoming: IncomingCall) => void): void
  startService(options?: {
    line?: Line
    streamTurn?: StreamTurn
    env?: Record<string, string>
  }): Promise<TestService>
  close(): Promise<void>
}

export interface AnsweredCall {
  readonly call: Call
  readonly job: Job
  /** The job's place in the room. */
  readonly room: Room
  /** Sounds in the room for as long as it is told to. */
  tone(hertz: number, name?: string): Promise<Tone>
}

export interface Tone {
  readonly publication: LocalTrackPublication | undefined
  stop(): Promise<void>
}

export async function startPhoneWorld(): Promise<PhoneWorld> {
  const stack = createDisposalStack()
  try {
    const redis = await startRedis()
    stack.defer(() => redis.stop())
    const database = await openTestDatabase('pglite')
    stack.defer(() => database.close())
    const livekit = await startLiveKitServer(keys)
    stack.defer(() => livekit.close())
    const sip = await startLiveKitSip(livekit)
    stack.defer(() => sip.close())
    let onColleague: (incoming: IncomingCall) => void = (incoming) => incoming.reject(480)
    const phone = await createPhone()
    stack.defer(() => phone.close())
    const colleague = await createPhone({ onIncoming: (incoming) => onColleague(incoming) })
    stack.defer(() => colleague.close())
    const trunkId = await makeTrunks(livekit, colleague)
    const http = livekit.url.replace('ws', 'http')
    const rooms = new RoomServiceClient(http, livekitKey, livekitSecret)
    const used = new Set<string>()
    return {
      ...{ redis, livekit, database, rooms, trunkId },
      dial: () => dial({ livekit, sip, phone, rooms, used }),
      onColleague(answer) {
        onColleague = answer
      },
      async startService({ line = transferLine, streamTurn, env = {} } = {}) {
        const logger = createLogger('test', { level: 'silent' })
        const ours = createRooms({ url: livekit.url, ...keys, logger })
        return await startTestService({
          ...{ redisUrl: redis.url, line, database: database.database },
          ...(streamTurn && { streamTurn }),
          env: { LIVEKIT_URL: livekit.url, SIP_OUTBOUND_TRUNK_ID: trunkId, ...env },
          overrides: { rooms: ours },
        })
      },
      close: () => stack.close(),
    }
  } catch (error) {
    await stack.close()
    throw error
  }
}

/** A line with a target of each kind; the caller's carrier is what reaches them. */
export const transferLine: Line = lineSchema.parse({
  ...testLine,
  tools: ['transfer_call', 'end_call'],
  languages: {
    ...testLine.languages,
    de: {
      greeting: 'Hallo, hier ist die KI.',
      disclosure: 'hier ist die KI',
      apology: 'Es tut mir leid.',
    },
  },
  transfer: {
    targets: {
      reception: { to: '+4940123456', ringSeconds: 5, about: 'bookings' },
      manager: { to: '+4940123457', ringSeconds: 10, mode: 'warm' },
      night: {
        to: '+4940123458',
        hours: { open: '03:00', close: '03:01', days: { monday: 'closed' } },
      },
    },
  },
})

async function makeTrunks({ url }: TestLiveKit, { address }: Phone): Promise<string> {
  const client = new SipClient(url.replace('ws', 'http'), livekitKey, livekitSecret)
  const { username: authUsername, password: authPassword } = credentials
  const trunk = await client.createSipInboundTrunk('in', [], { authUsername, authPassword })
  await client.createSipDispatchRule(
    { type: 'callee', roomPrefix: 'call', randomize: true },
    { name: 'in', trunkIds: [trunk.sipTrunkId] },
  )
  const out = `${address.host}:${address.port}`
  return (await client.createSipOutboundTrunk('out', out, ['*'])).sipTrunkId
}

async function dial({
  livekit,
  sip,
  phone,
  rooms,
  used,
}: {
  livekit: TestLiveKit
  sip: TestSip
  phone: Phone
  rooms: RoomServiceClient
  used: Set<string>
}): Promise<AnsweredCall> {
  const call = await phone.call({
    ...{ to: '100', from: '+4915112345678', host: sip.host, port: sip.port },
    ...{ credentials, ringTimeoutMs: 30_000, record: true },
  })
  let made: { name: string; sid: string } | undefined
  while (!made) {
    made = (await rooms.listRooms()).find(
      ({ name }) => name.startsWith('call_100') && !used.has(name),
    )
    if (!made) await sleep(50)
  }
  used.add(made.name)
  const token = new AccessToken(livekitKey, livekitSecret, { identity: `agent-${made.sid}` })
  token.addGrant({ roomJoin: true, room: made.name })
  token.kind = 'agent'
  const room = new Room()
  await room.connect(livekit.url, await token.toJwt(), { autoSubscribe: true, dynacast: false })
  const tone = (hertz: number, name = 'agent-voice') => playTone(room, { hertz, name })
  await tone(0)
  await call.answered
  const job = { room: made.name, roomSid: made.sid, jobId: `AJ_${made.sid}`, metadata: '' }
  return { call, job, room, tone }
}

const rateHz = 48_000

async function playTone(
  room: Room,
  { hertz, name }: { hertz: number; name: string },
): Promise<Tone> {
  const source = new AudioSource(rateHz, 1, 200)
  const publication = await room.localParticipant?.publishTrack(
    LocalAudioTrack.createAudioTrack(name, source),
    new TrackPublishOptions({ source: TrackSource.SOURCE_MICROPHONE }),
  )
  let isOn = true
  room.on(RoomEvent.Disconnected, () => {
    isOn = false
  })
  const playing = (async () => {
    for (let at = 0; isOn; at += 480) {
      const samples = Int16Array.from({ length: 480 }, (_, index) =>
        Math.round(6000 * Math.sin((2 * Math.PI * hertz * (at + index)) / rateHz)),
      )
      await source.captureFrame(new AudioFrame(samples, rateHz, 1, 480))
    }
  })().catch(() => {}) // the room has gone
  return {
    publication,
    async stop() {
      isOn = false
      await playing
      if (publication?.sid) await room.localParticipant?.unpublishTrack(publication.sid)
    },
  }
}

export interface ScriptedJob {
  readonly agent: TestAgent
  readonly callId: string
  /** Kinds of the actions it was asked for, in order. */
  readonly done: readonly string[]
  /** When it was asked for each, epoch ms. */
  readonly askedAt: Readonly<Record<string, number>>
  readonly said: readonly string[]
}

/** A job that plays everything at once, does what it is asked, and says when its caller goes. */
export async function startScriptedJob(
  url: string,
  { job, room, tone }: AnsweredCall,
  { jobId = job.jobId }: { jobId?: string } = {},
): Promise<ScriptedJob> {
  const agent = await connectAgent(url)
  agent.send(hello({ ...job, jobId }))
  const { callId, resume } = await agent.next('welcome')
  if (!resume?.active) agent.send({ type: 'call-status', status: 'active' })
  const [done, said]: [string[], string[]] = [[], []]
  const askedAt: Record<string, number> = {}
  room.on(RoomEvent.ParticipantDisconnected, ({ identity }) => {
    if (identity.startsWith('sip_')) agent.send({ type: 'call-ended', reason: 'caller-hangup' })
  })
  const seen = new Set<number>()
  const play = async () => {
    for (;;) {
      const say = await agent.next('say', ({ seq }) => !seen.has(seq))
      seen.add(say.seq)
      said.push(say.text)
      const { turnId, index, text } = say
      agent.send({ type: 'say-started', turnId, index })
      agent.send({ type: 'say-finished', turnId, index, playedMs: 10 })
      agent.send({ type: 'heard', turnId, text, interrupted: false })
    }
  }
  const obey = async () => {
    for (;;) {
      const { seq, actionId, action } = await agent.next('action', (one) => !seen.has(one.seq))
      seen.add(seq)
      done.push(action.kind)
      askedAt[action.kind] = Date.now()
      if (action.kind === 'consult') await tone(1000, briefTrackName)
      if (action.kind === 'brief') await sleep(1200)
      agent.send({ type: 'action-result', actionId, ok: true })
      if (action.kind !== 'bridge') continue
      agent.send({ type: 'leaving', reason: 'bridged' })
      await room.disconnect()
      await agent.close()
      return
    }
  }
  for (const work of [play(), obey()]) work.catch(() => {}) // the channel has closed
  return { agent, callId, done, askedAt, said }
}

export async function act(url: string, callId: string, action: object) {
  const response = await fetch(`${url}/v1/calls/${callId}/actions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${operatorToken}`, 'content-type': 'application/json' },
    body: JSON.stringify(action),
  })
  return { status: response.status, body: await response.json() }
}

/** Waits for the call's event of this type, and gives everything until then. */
export const eventsUntil = (url: string, callId: string, type: CallEvent['type']) =>
  readEvents(url, callId, { until: (entry: SentEvent) => entry.type === type })

import { jobMetadata, lastWords } from '@trunkline/contracts'
import { createLogger } from '@trunkline/telemetry'
import { type FakeJob, type FakeLiveKit, startFakeLiveKit } from '@trunkline/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAgentDispatch } from '../src/dispatch/agent-dispatch.ts'
import { createDispatcher, type Dispatcher } from '../src/dispatch/dispatcher.ts'
import { toUnheardCall } from '../src/dispatch/unheard-call.ts'
import type { ServiceState, WatchedCall } from '../src/dispatch/watched-call.ts'
import { createRooms } from '../src/livekit/rooms.ts'
import { livekitKey, livekitSecret } from './support/service.ts'
import { testLine } from './support/test-line.ts'

const agentName = 'trunkline'
const lastWordsName = 'trunkline-last-words'
const room = 'call_100_aBcDeF'
const times = {
  ...{ deadAfterMs: 30, patientMs: 30, startMs: 0, helloMs: 60 },
  ...{ lastWordsComeMs: 60, giveUpMs: 3000, pollMs: 10 },
}

describe('the dispatcher', () => {
  let livekit: FakeLiveKit
  let dispatcher: Dispatcher
  let roomSid: string
  let ended: string[]
  let dispatched: string[]
  let state: ServiceState
  let known: boolean | 'store away'

  beforeEach(async () => {
    livekit = await startFakeLiveKit({ apiKey: livekitKey, apiSecret: livekitSecret })
    ended = []
    dispatched = []
    state = 'unserved'
    known = false
    const logger = createLogger('orchestrator', { level: 'silent' })
    const server = { url: livekit.url, apiKey: livekitKey, apiSecret: livekitSecret }
    const agents = createAgentDispatch(server)
    dispatcher = createDispatcher({
      ...{ agents, rooms: createRooms({ ...server, logger }), agentName, lastWordsName, logger },
      ...{ perSecond: 100, times, now: () => performance.now(), onDispatch: () => {} },
      unheard: (seen) =>
        toUnheardCall(seen, {
          ...{ agents, agentName },
          async isKnown() {
            if (known === 'store away') throw new Error('the store is away')
            return known
          },
          lines: { byId: () => testLine, byNumber: () => testLine },
          closeUnheard: async () => void ended.push('no-agent'),
        }),
    })
    roomSid = livekit.rooms.create(room).sid
    livekit.rooms.join(room, { identity: 'sip_caller', kind: 'sip' })
    livekit.rooms.join(room, { identity: 'agent-AJ_1', kind: 'agent' })
  })
  afterEach(async () => {
    dispatcher.close()
    await livekit.close()
  })

  const lost = (changes: Partial<WatchedCall> = {}): WatchedCall => ({
    ...{ room, roomSid, hadJob: true, since: 1 },
    state: async () => state,
    isAnswered: () => true,
    metadata: async () => JSON.stringify({ line: 'x', callId: 'c', epoch: 3, resume: true }),
    lastWords: () => ({ text: 'Sorry.', language: 'en', voice: '' }),
    deadAgents: () => ['agent-AJ_1'],
    note: ({ attempt, why }) => void dispatched.push(`${attempt} ${why}`),
    end: async (reason) => void ended.push(reason),
    ...changes,
  })
  const identities = () => livekit.rooms.participants(room).map(({ identity }) => identity)
  const work = (name: string, onJob: (job: FakeJob) => void) => livekit.rooms.work(name, onJob)

  it('sends a job that is told what it replaces, and removes the dead one after its hello', async () => {
    const jobs: FakeJob[] = []
    work(agentName, (job) => {
      jobs.push(job)
      expect(identities()).toContain('agent-AJ_1')
      livekit.rooms.join(room, { identity: `agent-${job.jobId}`, kind: 'agent' })
      state = 'served'
      dispatcher.helloSeen(roomSid)
    })
    dispatcher.channelLost(lost(), 'job-dead')
    await expect.poll(identities).not.toContain('agent-AJ_1')
    expect(identities()).toEqual(['sip_caller', `agent-${jobs[0]?.jobId}`])
    expect(jobMetadata.parse(JSON.parse(jobs[0]?.metadata ?? ''))).toMatchObject({
      ...{ callId: 'c', epoch: 3, resume: true },
    })
    expect(dispatched).toEqual(['1 job-dead'])
    expect(ended).toEqual([])
  })

  it('sends nobody when the same job is back in time', async () => {
    dispatcher.channelLost(lost(), 'job-dead')
    dispatcher.helloSeen(roomSid)
    // Another loss after it goes on: the first one is over, not waiting.
    work(agentName, () => dispatcher.helloSeen(roomSid))
    dispatcher.channelLost(lost(), 'job-silent')
    await expect.poll(() => dispatched).toEqual(['1 job-silent'])
  })

  it('sends again when a job never says hello, three times, has the last words said, then ends', async () => {
    const words: unknown[] = []
    work(lastWordsName, ({ metadata, jobId }) => {
      words.push(lastWords.parse(JSON.parse(metadata)))
      livekit.rooms.join(room, { identity: `last-words-${jobId}`, kind: 'agent' })
      setTimeout(() => {
        expect(ended).toEqual([]) // it is still speaking
        livekit.rooms.leave(room, `last-words-${jobId}`)
      }, 200)
    })
    dispatcher.channelLost(lost(), 'job-dead')
    await expect.poll(() => ended, { timeout: 5000 }).toEqual(['agent-lost'])
    expect(dispatched).toEqual(['1 job-dead', '2 no-hello', '3 no-hello', '1 last-words'])
    const maxMs = expect.any(Number)
    expect(words).toEqual([{ text: 'Sorry.', language: 'en', voice: '', maxMs }])
  })

  it('ends the call when nobody is there for the last words either', async () => {
    dispatcher.channelLost(lost(), 'job-silent')
    await expect.poll(() => ended, { timeout: 5000 }).toEqual(['agent-lost'])
    expect(dispatched.at(-1)).toBe('1 last-words')
  })

  it('refuses a call that rings, without a word that would answer it', async () => {
    dispatcher.channelLost(lost({ isAnswered: () => false }), 'job-dead')
    await expect.poll(() => ended, { timeout: 5000 }).toEqual(['agent-lost'])
    expect(dispatched).toEqual(['1 job-dead', '2 no-hello', '3 no-hello'])
  })

  it('ends a call whose caller has gone and whose operator has stayed', async () => {
    livekit.rooms.leave(room, 'sip_caller')
    livekit.rooms.join(room, { identity: 'operator-1', kind: 'web' })
    dispatcher.channelLost(lost(), 'job-dead')
    await expect.poll(() => ended).toEqual(['caller-hangup'])
    expect(dispatched).toEqual([])
  })

  it('makes no room anew that has gone, and tells that from a caller who has', async () => {
    livekit.rooms.delete(room)
    dispatcher.channelLost(lost(), 'job-dead')
    await expect.poll(() => ended).toEqual(['room-lost'])
    expect(dispatched).toEqual([])
    expect(livekit.rooms.list([])).toEqual([])
  })

  it('takes an empty room of the same name for another one', async () => {
    livekit.rooms.delete(room)
    livekit.rooms.create(room)
    dispatcher.channelLost(lost(), 'job-dead')
    await expect.poll(() => ended).toEqual(['room-lost'])
    expect(dispatched).toEqual([])
  })

  it('leaves a bridged or ended call alone', async () => {
    state = 'settled'
    let asked = 0
    const call = lost({
      state: async () => {
        asked += 1
        return state
      },
    })
    dispatcher.channelLost(call, 'job-silent')
    await expect.poll(() => asked).toBeGreaterThan(0)
    await expect.poll(() => livekit.asked.get('RoomService/ListParticipants')).toBeGreaterThan(0)
    expect(livekit.asked.get('AgentDispatchService/CreateDispatch')).toBeUndefined()
    expect([dispatched, ended]).toEqual([[], []])
  })

  it('stops when the call is over meanwhile', async () => {
    work(agentName, () => dispatcher.forget(roomSid))
    dispatcher.channelLost(lost(), 'job-silent')
    await expect.poll(() => livekit.asked.get('AgentDispatchService/CreateDispatch')).toBe(1)
    const other = livekit.rooms.create('call_100_other').sid
    livekit.rooms.join('call_100_other', { identity: 'sip_2', kind: 'sip' })
    const second = lost({ room: 'call_100_other', roomSid: other })
    dispatcher.channelLost(second, 'job-silent')
    // By the time the second call has been given up, the first would have been sent to again.
    work(agentName, () => {})
    await expect.poll(() => ended, { timeout: 5000 }).toEqual(['agent-lost'])
    expect(dispatched.filter((one) => one === '2 no-hello')).toHaveLength(1)
  })

  it('sends again into a room whose first job never said hello, with what that was told', async () => {
    livekit.rooms.dispatch(room, agentName, '{"line":"harbour-hotel"}')
    const told: string[] = []
    work(agentName, ({ metadata }) => {
      told.push(metadata)
      known = true
      dispatcher.helloSeen(roomSid)
    })
    const seen = { name: room, sid: roomSid, createdAt: Date.now() }
    dispatcher.roomSeen(seen)
    dispatcher.roomSeen(seen) // the reconciler sees it as well
    await expect.poll(() => told).toEqual(['{"line":"harbour-hotel","again":true}'])
    expect(ended).toEqual([])
  })

  it('puts on record that there was no agent, and says nothing, when none comes to a telephone', async () => {
    livekit.rooms.dispatch(room, agentName, '')
    dispatcher.roomSeen({ name: room, sid: roomSid, createdAt: Date.now() })
    await expect.poll(() => ended, { timeout: 5000 }).toEqual(['no-agent'])
    const dispatches = livekit.rooms.dispatches(room)
    expect(dispatches.filter((one) => one.agentName === agentName)).toHaveLength(4)
    expect(dispatches.filter((one) => one.agentName === lastWordsName)).toEqual([])
  })

  it('leaves a room alone that wants no agent of ours', async () => {
    dispatcher.roomSeen({ name: room, sid: roomSid, createdAt: Date.now() })
    await expect.poll(() => livekit.asked.get('AgentDispatchService/ListDispatch')).toBe(1)
    expect(livekit.asked.get('AgentDispatchService/CreateDispatch')).toBeUndefined()
    expect(ended).toEqual([])
  })

  it('sends nobody into a room of which it cannot be told whether it has its job', async () => {
    known = 'store away'
    livekit.rooms.dispatch(room, agentName, '')
    dispatcher.roomSeen({ name: room, sid: roomSid, createdAt: Date.now() })
    await expect.poll(() => livekit.asked.get('RoomService/ListParticipants')).toBe(1)
    expect(livekit.asked.get('AgentDispatchService/CreateDispatch')).toBeUndefined()
  })

  it('leaves a room alone that another orchestrator has had the hello of', async () => {
    known = true
    livekit.rooms.dispatch(room, agentName, '')
    dispatcher.roomSeen({ name: room, sid: roomSid, createdAt: Date.now() })
    await expect.poll(() => livekit.asked.get('RoomService/ListParticipants')).toBe(1)
    expect(livekit.asked.get('AgentDispatchService/CreateDispatch')).toBeUndefined()
  })
})

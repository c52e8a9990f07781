import { DisconnectReason, RoomEvent } from '@livekit/rtc-node'
import { type AgentMessage, closeCode } from '@trunkline/contracts'
import { needs } from '@trunkline/testkit'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgentWorld, startAgentWorld } from './agent-world.ts'
import { callRoom, espeak, type RoomCaller } from './room-caller.ts'
import { type ScriptedOrchestrator, welcome } from './scripted-orchestrator.ts'

const timeoutMs = 90_000
const longReply = 'And then comes a far longer sentence that goes on for quite a good long while.'

function answer(message: AgentMessage, orchestrator: ScriptedOrchestrator): void {
  if (message.type === 'hello') orchestrator.say(welcome)
  if (message.type !== 'turn') return
  const { turnId, text } = message
  const fixed = { type: 'say', turnId, language: 'en', voice: '', kind: 'reply' } as const
  if (text.includes('goodbye')) {
    orchestrator.say({ ...fixed, index: 0, text: 'Goodbye.', interruptible: false, last: true })
    const action = { kind: 'hangup', reason: 'goodbye' } as const
    orchestrator.say({ type: 'action', actionId: 'action-1', action })
  } else {
    const common = { ...fixed, interruptible: true }
    orchestrator.say({ ...common, index: 0, text: 'A first sentence.', last: false })
    orchestrator.say({ ...common, index: 1, text: longReply, last: true })
  }
  orchestrator.say({ type: 'turn-finished', turnId })
}

describe('a call in a room', needs(['livekit-server', 'redis', 'espeak-ng']), () => {
  let world: AgentWorld
  let rooms = 0
  let isWelcoming = true

  beforeAll(async () => {
    world = await startAgentWorld((message, orchestrator) => {
      if (isWelcoming) answer(message, orchestrator)
    })
  }, timeoutMs)
  afterAll(() => world?.close(), timeoutMs)

  async function call(): Promise<RoomCaller> {
    rooms += 1
    world.orchestrator.reset()
    const options = { room: `web_test_${rooms}`, identity: 'caller', agent: 'trunkline' }
    const token = await world.livekit.token({ ...options, metadata: '{"line":"test"}' })
    return callRoom({ url: world.livekit.url, token })
  }

  it(
    'greets, answers, goes quiet when interrupted, says goodbye, and its process ends',
    async () => {
      const jobsBefore = world.worker.jobs()
      expect(jobsBefore).toHaveLength(1)
      const caller = await call()
      const greeting = caller.hears('sound')
      const started = await world.orchestrator.seen('call-started')
      expect(started).toMatchObject({ direction: 'web', participant: 'caller' })
      await greeting
      await world.orchestrator.seen('heard', ({ turnId }) => turnId === 'greeting')

      world.asr.next('do you have a room')
      await caller.speak(espeak('Hello, do you have a room for two nights?'))
      const turn = await world.orchestrator.seen('turn')
      expect(turn).toMatchObject({ turnId: 'turn-1', text: 'do you have a room', source: 'speech' })
      expect(turn.speechEndedAt).toBeDefined()
      expect(world.asr.phrases).toEqual(welcome.keyterms)
      await caller.hears('sound')
      // The next sentence is given to the source while the end of this one is still in it.
      await world.orchestrator.seen(
        'say-finished',
        ({ turnId, index }) => turnId === 'turn-1' && index === 0,
      )

      world.asr.next('no wait three nights')
      const quiet = caller.hears('quiet')
      const interrupting = caller.speak(espeak('No wait, please stop, I meant three nights.'))
      await quiet
      const loudFrames = caller.loudFrames
      await interrupting
      await world.orchestrator.seen('say-started', ({ turnId }) => turnId === 'turn-2')
      // What was interrupted is not heard again, however briefly, before the new reply is.
      expect(caller.loudFrames).toBe(loudFrames)
      const cut = await world.orchestrator.seen('heard', ({ turnId }) => turnId === 'turn-1')
      expect(cut.interrupted).toBe(true)
      expect(cut.text.startsWith('A first sentence.')).toBe(true)
      expect(cut.text.length).toBeLessThan(`A first sentence. ${longReply}`.length)
      const stats = await world.orchestrator.seen('stats', ({ turnId }) => turnId === 'turn-1')
      expect(stats.bargeInStopMs).toBeGreaterThan(0)
      const whole = await world.orchestrator.seen('heard', ({ turnId }) => turnId === 'turn-2')
      expect(whole).toMatchObject({ text: `A first sentence. ${longReply}`, interrupted: false })

      world.asr.next('goodbye')
      await caller.speak(espeak('No thank you, goodbye.'))
      expect(await world.orchestrator.seen('action-result')).toMatchObject({ ok: true })
      await world.livekit.deleteRoom(`web_test_${rooms}`)
      expect(await world.orchestrator.seen('call-ended')).toMatchObject({ reason: 'agent-hangup' })
      await caller.hangUp()
      await expect
        .poll(() => world.worker.jobs().filter((pid) => jobsBefore.includes(pid)), {
          timeout: 10_000,
        })
        .toEqual([])

      expect(milestones(world.orchestrator.received)).toEqual([
        'hello',
        'call-started',
        'call-status active',
        'say-started greeting',
        'heard greeting',
        'turn turn-1',
        'say-started turn-1',
        'say-started turn-1',
        'cancel turn-1',
        'heard turn-1',
        'turn turn-2',
        'say-started turn-2',
        'say-started turn-2',
        'heard turn-2',
        'turn turn-3',
        'say-started turn-3',
        'heard turn-3',
        'action-result',
        'call-ended',
      ])
    },
    timeoutMs,
  )

  it(
    'tells that the caller hung up in the middle of a sentence, and ends',
    async () => {
      await expect.poll(() => world.worker.jobs().length, { timeout: 30_000 }).toBe(1)
      const jobsBefore = world.worker.jobs()
      const caller = await call()
      await caller.hears('sound')
      await world.orchestrator.seen('heard')
      const chat = await caller.room.localParticipant?.sendText('two nights', { topic: 'lk.chat' })
      expect(chat).toBeDefined()
      expect(await world.orchestrator.seen('turn')).toMatchObject({
        text: 'two nights',
        source: 'text',
        endOfTurn: { reason: 'text' },
      })
      await world.orchestrator.seen('say-started', ({ index }) => index === 1)
      await caller.hangUp()
      expect(await world.orchestrator.seen('call-ended')).toMatchObject({ reason: 'caller-hangup' })
      const cut = await world.orchestrator.seen('heard', ({ turnId }) => turnId === 'turn-1')
      expect(cut.interrupted).toBe(true)
      await expect
        .poll(() => world.worker.jobs().filter((pid) => jobsBefore.includes(pid)), {
          timeout: 10_000,
        })
        .toEqual([])
    },
    timeoutMs,
  )

  it(
    'goes on where it was when the caller only made a noise',
    async () => {
      await expect.poll(() => world.worker.jobs().length, { timeout: 30_000 }).toBe(1)
      const caller = await call()
      await caller.hears('sound')
      await world.orchestrator.seen('heard')
      await caller.room.localParticipant?.sendText('two nights', { topic: 'lk.chat' })
      await world.orchestrator.seen('say-started', ({ index }) => index === 1)
      const quiet = caller.hears('quiet')
      // Nothing is recognised in it: the script has no words for it.
      await caller.speak(espeak('Hmm hmm hmm'))
      await quiet
      await caller.hears('sound')
      const whole = await world.orchestrator.seen('heard', ({ turnId }) => turnId === 'turn-1')
      expect(whole).toMatchObject({ text: `A first sentence. ${longReply}`, interrupted: false })
      const lasted = await world.orchestrator.seen('say-finished', ({ index }) => index === 1)
      expect(lasted.playedMs).toBe(longReply.length * 60)
      await caller.hangUp()
      await world.orchestrator.seen('call-ended')
    },
    timeoutMs,
  )

  it(
    'leaves the room alone when another job has taken the call',
    async () => {
      await expect.poll(() => world.worker.jobs().length, { timeout: 30_000 }).toBe(1)
      const jobsBefore = world.worker.jobs()
      const caller = await call()
      await caller.hears('sound')
      world.orchestrator.drop(4409)
      await expect
        .poll(() => world.worker.jobs().filter((pid) => jobsBefore.includes(pid)), {
          timeout: 10_000,
        })
        .toEqual([])
      expect(caller.room.isConnected).toBe(true)
      expect(world.orchestrator.received.map(({ type }) => type)).not.toContain('call-ended')
      await caller.hangUp()
    },
    timeoutMs,
  )

  it.each([closeCode.refused, closeCode.unauthorized])(
    'says the apology and ends the call when the orchestrator closes it with %i',
    async (code) => {
      await expect.poll(() => world.worker.jobs().length, { timeout: 30_000 }).toBe(1)
      const caller = await call()
      await caller.hears('sound')
      await world.orchestrator.seen('heard')
      await expect
        .poll(() => world.tts.requests.map(({ text }) => text))
        .toContain('Sorry, goodbye.')
      const disconnected = new Promise((resolve) => {
        caller.room.once(RoomEvent.Disconnected, resolve)
      })
      const apology = caller.hears('sound')
      world.orchestrator.drop(code)
      await apology
      expect(await disconnected).toBe(DisconnectReason.ROOM_DELETED)
      await caller.hangUp()
    },
    timeoutMs,
  )

  it(
    'says an apology and ends the call when no orchestrator has ever welcomed it',
    async () => {
      await expect.poll(() => world.worker.jobs().length, { timeout: 30_000 }).toBe(1)
      isWelcoming = false
      const caller = await call()
      const disconnected = new Promise((resolve) => {
        caller.room.once(RoomEvent.Disconnected, resolve)
      })
      await caller.hears('sound')
      expect(world.tts.requests.at(-1)?.text).toMatch(/^I am sorry/)
      expect(await disconnected).toBe(DisconnectReason.ROOM_DELETED)
      await caller.hangUp()
      isWelcoming = true
    },
    timeoutMs,
  )

  it(
    'says the apology and ends the call when the orchestrator is gone for good',
    async () => {
      await expect.poll(() => world.worker.jobs().length, { timeout: 30_000 }).toBe(1)
      const jobsBefore = world.worker.jobs()
      const caller = await call()
      await caller.hears('sound')
      await world.orchestrator.seen('heard')
      await expect
        .poll(() => world.tts.requests.map(({ text }) => text))
        .toContain('Sorry, goodbye.')
      const disconnected = new Promise((resolve) => {
        caller.room.once(RoomEvent.Disconnected, resolve)
      })
      const apology = caller.hears('sound')
      await world.orchestrator.close()
      await apology
      expect(await disconnected).toBe(DisconnectReason.ROOM_DELETED)
      await caller.hangUp()
      await expect
        .poll(() => world.worker.jobs().filter((pid) => jobsBefore.includes(pid)), {
          timeout: 10_000,
        })
        .toEqual([])
    },
    timeoutMs,
  )

  it('shows its gauges and is ready for the next call', async () => {
    await expect
      .poll(() => fetch(`${world.worker.url}/metrics`).then((response) => response.text()))
      .toMatch(/^agent_active_jobs 0$/m)
    const metrics = await fetch(`${world.worker.url}/metrics`).then((response) => response.text())
    expect(metrics).toMatch(/^agent_job_slots 4$/m)
    expect((await fetch(`${world.worker.url}/healthz`)).status).toBe(200)
  })

  it('wrote nothing of what was said into its log', () => {
    expect(world.worker.output()).not.toMatch(/three nights|two nights|first sentence/)
  })

  it('ends with code 0 at SIGTERM', async () => {
    expect(await world.worker.stop('SIGTERM')).toBe(0)
  })
})

/** The order that matters; interims, finals and reports come between. */
function milestones(messages: readonly AgentMessage[]): string[] {
  return messages.flatMap((message) => {
    switch (message.type) {
      case 'turn':
      case 'say-started':
      case 'cancel':
      case 'heard':
        return [`${message.type} ${message.turnId}`]
      case 'call-status':
        return [`${message.type} ${message.status}`]
      case 'hello':
      case 'call-started':
      case 'action-result':
      case 'call-ended':
        return [message.type]
      default:
        return []
    }
  })
}

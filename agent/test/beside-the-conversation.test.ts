import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { RoomEvent } from '@livekit/rtc-node'
import { readWav } from '@trunkline/telephony'
import { needs } from '@trunkline/testkit'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type AgentWorld, startAgentWorld } from './agent-world.ts'
import { callRoom, espeak, type RoomCaller } from './room-caller.ts'
import { type Scripted, welcome } from './scripted-orchestrator.ts'

const timeoutMs = 90_000
const rateHz = 16_000
const windowSeconds = 0.2

const silence = (ms: number) => new Int16Array((rateHz * ms) / 1000)
const beep = Int16Array.from({ length: rateHz * 0.4 }, (_, at) =>
  Math.round(7000 * Math.sin((2 * Math.PI * 1000 * at) / rateHz)),
)
const join16 = (...pieces: readonly Int16Array[]) =>
  Int16Array.from(pieces.flatMap((pcm) => [...pcm]))

describe('beside the conversation', needs(['livekit-server', 'redis', 'espeak-ng']), () => {
  let world: AgentWorld
  let caller: RoomCaller | undefined
  let greetedWith: Partial<Extract<Scripted, { type: 'welcome' }>> = {}
  let rooms = 0

  beforeAll(async () => {
    world = await startAgentWorld((message, orchestrator) => {
      if (message.type === 'hello') orchestrator.say({ ...welcome, ...greetedWith })
    })
  }, timeoutMs)
  afterEach(async () => {
    await caller?.hangUp()
    caller = undefined
    // What a job still says would be taken for the next one's.
    await world.orchestrator.seen('call-ended')
  }, 20_000)
  afterAll(() => world?.close(), timeoutMs)

  async function call(told: typeof greetedWith): Promise<RoomCaller> {
    rooms += 1
    greetedWith = told
    world.orchestrator.reset()
    const options = { room: `web_beside_${rooms}`, identity: 'caller', agent: 'trunkline' }
    const token = await world.livekit.token({ ...options, metadata: '{"line":"test"}' })
    const made = await callRoom({ url: world.livekit.url, token })
    caller = made
    return made
  }
  const filesIn = (folder: string) => readdir(join(world.dataDir, folder)).catch(() => [])
  const types = () => world.orchestrator.received.map(({ type }) => type)

  it(
    'records both voices to a file that the worker brings to where it is kept',
    async () => {
      const callId = randomUUID()
      const { speak } = await call({ callId, recording: 'on' })
      await world.orchestrator.seen('heard', ({ turnId }) => turnId === 'greeting')
      world.asr.next('a double room please')
      await speak(espeak('A double room please.'))
      await world.orchestrator.seen('transcript-final')
      await caller?.hangUp()
      const finished = await world.orchestrator.seen(
        'recording',
        ({ state }) => state === 'finished',
      )
      await world.orchestrator.seen('call-ended')
      expect(types().indexOf('call-ended')).toBeGreaterThan(types().lastIndexOf('recording'))
      expect(finished.reference).toBe(`folder:${callId}-1.wav`)
      await expect
        .poll(() => filesIn('recordings'), { timeout: 15_000 })
        .toEqual([`${callId}-1.wav`])
      expect(await filesIn('recording-spool')).toEqual([])

      const wav = readWav(await readFile(join(world.dataDir, 'recordings', `${callId}-1.wav`)))
      const [theirs = silence(0), ours = silence(0)] = wav.channels
      const greeting = firstLoud(ours)
      expect(Math.max(...windows(ours).map(crossings))).toBeCloseTo(440 * 2 * windowSeconds, -1)
      expect(firstLoud(theirs)).toBeGreaterThan(greeting)
      expect(finished.durationMs).toBeCloseTo((theirs.length * 1000) / rateHz, -1)
    },
    timeoutMs,
  )

  it(
    'records nobody who has not agreed, and nothing is left of one who no longer does',
    async () => {
      const callId = randomUUID()
      await call({ callId, recording: 'ask' })
      await world.orchestrator.seen('heard', ({ turnId }) => turnId === 'greeting')
      expect(types()).not.toContain('recording')
      world.orchestrator.say({ type: 'recording-consent', isGiven: true })
      await world.orchestrator.seen('recording', ({ state }) => state === 'started')
      expect(await filesIn('recording-spool')).toEqual([`${callId}-1.wav.part`])
      world.orchestrator.say({ type: 'recording-consent', isGiven: false })
      await world.orchestrator.seen('recording', ({ state }) => state === 'removed')
      expect(await filesIn('recording-spool')).toEqual([])
      await caller?.hangUp()
      await world.orchestrator.seen('call-ended')
      expect(types().filter((type) => type === 'recording')).toHaveLength(2)
    },
    timeoutMs,
  )

  it(
    'lets a human who was called speak first, hears them, and greets them then',
    async () => {
      world.asr.next('hello')
      const { speak } = await call({ outbound: { onMachine: 'hang-up' } })
      await world.orchestrator.seen('call-started')
      await speak(espeak('Hello?'))
      expect(await world.orchestrator.seen('answered-by')).toMatchObject({
        ...{ by: 'human', isRecording: false },
      })
      await world.orchestrator.seen('say-started', ({ turnId }) => turnId === 'greeting')
      const order = types()
      expect(order.indexOf('transcript-interim')).toBeGreaterThan(0)
      expect(order.indexOf('transcript-interim')).toBeLessThan(order.indexOf('say-started'))
      expect(order.indexOf('answered-by')).toBeLessThan(order.indexOf('say-started'))
    },
    timeoutMs,
  )

  it(
    'greets a callee who says nothing',
    async () => {
      await call({ outbound: { onMachine: 'hang-up' } })
      await world.orchestrator.seen('say-started', ({ turnId }) => turnId === 'greeting')
      expect(types()).not.toContain('answered-by')
    },
    timeoutMs,
  )

  it(
    'plays a soft tone while an answer takes long, and none while it speaks',
    async () => {
      const { speak, room } = await call({ comfortTone: true })
      const tone = new Promise<void>((resolve) => {
        room.on(RoomEvent.TrackPublished, ({ name }) => {
          if (name === 'comfort-tone') resolve()
        })
      })
      await world.orchestrator.seen('heard', ({ turnId }) => turnId === 'greeting')
      world.asr.next('do you have a room')
      await speak(espeak('Do you have a room?'))
      // Sent at once, or as a guess that is confirmed later.
      const { turnId, at } = await world.orchestrator.seen('turn')
      await tone
      expect(Date.now() - at).toBeGreaterThan(800)
      world.orchestrator.say({
        ...{ type: 'say', turnId, index: 0, text: 'Yes.', language: 'en', voice: '' },
        ...{ kind: 'reply', interruptible: true, last: true },
      })
      await world.orchestrator.seen('heard', (heard) => heard.turnId === turnId)
    },
    timeoutMs,
  )

  it(
    'stays quiet for a machine, and says when it records',
    async () => {
      const { speak } = await call({ outbound: { onMachine: 'leave-message' } })
      world.asr.next('please leave a message after the tone')
      const greeting = espeak('Hello, I am not at home. Please leave a message after the tone.')
      await speak(join16(silence(200), greeting, silence(900), beep, silence(300)))
      await world.orchestrator.seen('answered-by', ({ isRecording }) => isRecording)
      const answers = world.orchestrator.received.filter(({ type }) => type === 'answered-by')
      expect(answers).toMatchObject([
        { by: 'machine', isRecording: false },
        { by: 'machine', isRecording: true },
      ])
      expect(types()).not.toContain('say-started')
    },
    timeoutMs,
  )
})

/** A voice that stumbles on a busy machine is not in every one of them. */
function windows(pcm: Int16Array): readonly Int16Array[] {
  const length = rateHz * windowSeconds
  const count = Math.floor(pcm.length / length)
  return Array.from({ length: count }, (_, at) => pcm.subarray(at * length, (at + 1) * length))
}

/** Where it becomes loud. */
function firstLoud(pcm: Int16Array): number {
  return pcm.findIndex((sample) => Math.abs(sample) > 2000)
}

/** How often the sign changes: twice a cycle. */
function crossings(pcm: Int16Array): number {
  return pcm.reduce(
    (count, sample, at) => count + (sample < 0 !== (pcm[at - 1] ?? 0) < 0 ? 1 : 0),
    0,
  )
}

import type { AudioFrame } from '@livekit/rtc-node'
import type { OrchestratorMessageOf } from '@trunkline/contracts'
import { createLogger } from '@trunkline/telemetry'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Outgoing } from '../channel/outgoing.ts'
import { createListening } from '../listening/listening.ts'
import { Playout } from '../speaking/playout.ts'
import type { FrameSink } from '../speaking/sounding.ts'
import { Speaker } from '../speaking/speaker.ts'
import { createTurnMarks } from '../speaking/turn-marks.ts'
import { createProfiles } from '../turn-taking/profile.ts'
import { usualTurnTaking } from '../turn-taking/scene.ts'
import { createFloor } from './floor.ts'
import { createTelling } from './telling.ts'
import { createTurnBook } from './turn-book.ts'
import { createTurns } from './turns.ts'

const logger = createLogger('test', { level: 'silent' })
const sentenceMs = 2000

/** The room's source on the virtual clock: it holds 200 ms. */
function createSink(): FrameSink & { readonly soundMs: number } {
  let endsAt = 0
  let soundMs = 0
  const leftMs = () => Math.max(0, endsAt - performance.now())
  return {
    async captureFrame({ samplesPerChannel, data }: AudioFrame) {
      const ms = samplesPerChannel / 24
      endsAt = performance.now() + leftMs() + ms
      if (data.some((sample) => sample !== 0)) soundMs += ms
      if (leftMs() > 200) await sleep(leftMs() - 200)
    },
    clearQueue() {
      soundMs -= leftMs()
      endsAt = performance.now()
    },
    get queuedDuration() {
      return leftMs()
    },
    get soundMs() {
      return soundMs
    },
    async close() {},
  }
}

const sleep = (ms: number) =>
  new Promise<void>((resolve) => {
    setTimeout(resolve, ms)
  })

/**
 * All of a call between the recogniser's words and the channel, in virtual time; `voiceMs` lie between a sentence and its
 * first audio.
 */
function startCall({ voiceMs = 60 } = {}) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'], now: 0 })
  const sent: Outgoing[] = []
  const telling = createTelling({ send: (message) => void sent.push(message) })
  const { send } = telling
  const book = createTurnBook()
  const marks = createTurnMarks()
  const sink = createSink()
  const playout = new Playout(sink, { logger })
  async function* pcm() {
    yield new Uint8Array(new Int16Array(sentenceMs * 24).fill(1000).buffer)
  }
  const speaker = new Speaker({
    ...{ book, marks, send, logger, asrFinalMs: () => undefined },
    channelRoundTripMs: () => undefined,
    synthesizer: {
      async synthesize() {
        await sleep(voiceMs)
        return { firstByteMs: voiceMs, cached: false, pcm: pcm() }
      },
    },
  })
  const listening = createListening({ language: 'en', send })
  const turns = createTurns({ book, listening, isListening: () => true, speaker, marks, send })
  const flushes: number[] = []
  const floor = createFloor({
    ...{ profileOf: createProfiles(usualTurnTaking), playout, speaker, listening, turns, logger },
    hearing: {
      predict() {},
      flush: () => void flushes.push(performance.now()),
      forgetTurn() {},
    },
    onTurn() {},
  })
  playout.listen({
    voice: (voice) => floor.perceive({ type: 'own-voice', ...voice }),
    played() {},
  })
  speaker.enter({
    play: (speech) => playout.play(speech),
    drop: (speech) => playout.drop(speech),
    skipCut: () => playout.skipCut(),
    bargeInStopMs: floor.bargeInStopMs,
  })
  onTestFinished(async () => {
    floor.close()
    await playout.close()
    vi.useRealTimers()
  })
  const pass = async (ms: number, isVoiced: boolean) => {
    for (const until = performance.now() + ms; performance.now() < until; ) {
      await vi.advanceTimersByTimeAsync(32)
      const swingDb = Math.round(performance.now() / 32) % 2 === 0 ? 6 : 0
      const heard = isVoiced
        ? { probability: 0.95, levelDb: -25 - swingDb }
        : { probability: 0.02, levelDb: -70 }
      floor.perceive({ type: 'window', at: performance.now(), echo: 0, ...heard })
    }
  }
  let seq = 0
  return {
    ...{ sent, telling, floor, sink, flushes, listening },
    speech: (ms: number) => pass(ms, true),
    silence: (ms: number) => pass(ms, false),
    interim(text: string) {
      listening.interim(text, 'en')
      floor.perceive({ type: 'interim', text, stability: 1 })
    },
    final(text: string) {
      listening.final({ text, language: 'en', confidence: 0.9 })
      floor.perceive({ type: 'final', text, confidence: 0.9 })
    },
    say(turnId: string, text: string) {
      seq += 1
      const message: OrchestratorMessageOf<'say'> = {
        ...{ type: 'say', seq, at: 0, turnId, index: 0, text, language: 'en', voice: '' },
        ...{ kind: 'reply', interruptible: true, last: true },
      }
      speaker.say(message)
    },
    of: <T extends Outgoing['type']>(type: T) =>
      sent.filter((message): message is Extract<Outgoing, { type: T }> => message.type === type),
    order: (...types: readonly Outgoing['type'][]) =>
      sent.flatMap((message) => {
        if (!types.includes(message.type)) return []
        return [`${message.type} ${'turnId' in message ? message.turnId : ''}`.trim()]
      }),
  }
}

type TestCall = ReturnType<typeof startCall>

/** The caller's first turn, sent and confirmed. */
async function ask(call: TestCall, text = 'do you have a double room'): Promise<void> {
  await call.speech(1000)
  call.interim(text)
  await call.silence(2200)
}

/** Turns that were sent for good, in that order. */
const committed = ({ sent }: TestCall) =>
  sent.flatMap((message) => {
    const isSure = message.type === 'turn' && !message.speculative
    return isSure || message.type === 'turn-confirm' ? [message] : []
  })

const longReply = 'We have a double room with a view of the harbour.'

/** A call in which the reply to the first turn is being heard. */
async function startReply() {
  const call = startCall()
  await ask(call)
  call.final('do you have a double room')
  const first = committed(call)[0]?.turnId ?? ''
  call.say(first, longReply)
  await call.silence(700)
  return { call, first }
}

describe('races of a call', () => {
  it('a final that comes when the reply is heard already is no second turn, and stops nothing', async () => {
    const call = startCall()
    await ask(call)
    const [turn] = committed(call)
    const turnId = turn?.turnId ?? ''
    call.say(turnId, 'Yes we do.')
    await call.silence(500)
    call.final('Do you have a double room?')
    await call.silence(3000)
    expect(committed(call)).toHaveLength(1)
    expect(call.of('cancel')).toEqual([])
    expect(call.of('heard')).toMatchObject([{ turnId, text: 'Yes we do.', interrupted: false }])
  })

  it('a caller who goes on before the first frame of a reply is answered once, to all of it, and aloud', async () => {
    const call = startCall({ voiceMs: 5000 })
    await ask(call)
    const first = committed(call)[0]?.turnId ?? ''
    call.final('do you have a double room')
    call.say(first, 'Yes we do.')
    await call.speech(900)
    call.interim('for two nights')
    await call.silence(2200)
    expect(call.sink.soundMs).toBe(0)
    const second = committed(call).at(-1)
    expect(second).toMatchObject({
      ...{ supersedes: first, text: 'do you have a double room for two nights' },
    })
    call.say(second?.turnId ?? '', 'For two nights, yes.')
    await call.silence(9000)
    expect(call.of('heard')).toMatchObject([
      { turnId: first, text: '', interrupted: true },
      { turnId: second?.turnId, text: 'For two nights, yes.', interrupted: false },
    ])
    expect(call.of('cancel').map(({ turnId }) => turnId)).toEqual([first])
    expect(call.sink.soundMs).toBe(sentenceMs)
  })

  it('a reply that begins while the caller goes on is cut before a word of it, and the rest is answered aloud', async () => {
    const call = startCall()
    await ask(call)
    const first = committed(call)[0]?.turnId ?? ''
    call.final('do you have a double room')
    call.say(first, 'Yes we do.')
    await call.speech(900)
    call.interim('for two nights')
    await call.silence(2200)
    const second = committed(call).at(-1)
    expect(second).toMatchObject({ text: 'for two nights' })
    call.say(second?.turnId ?? '', 'For two nights, yes.')
    await call.silence(3000)
    expect(call.of('heard')).toMatchObject([
      { turnId: first, text: '', interrupted: true },
      { turnId: second?.turnId, text: 'For two nights, yes.', interrupted: false },
    ])
  })

  it('interruptions that come together stop a reply once, and the next one is heard', async () => {
    const { call, first } = await startReply()
    await call.speech(128)
    call.floor.perceive({ type: 'cut-in', by: 'cancel-tts' })
    call.interim('stop')
    call.floor.perceive({ type: 'cut-in', by: 'dtmf' })
    await call.speech(300)
    call.final('stop please')
    await call.silence(2200)
    expect(call.order('cancel', 'heard', 'turn', 'turn-confirm').slice(-4, -1)).toEqual([
      ...[`cancel ${first}`, `heard ${first}`],
      expect.stringMatching(/^turn turn-/),
    ])
    expect(call.of('cancel')).toHaveLength(1)
    const [heard] = call.of('heard')
    expect(heard?.interrupted).toBe(true)
    expect(longReply).toContain(heard?.text)
    const next = committed(call).at(-1)?.turnId ?? ''
    call.say(first, 'What else of the first reply there may be.')
    call.say(next, 'Sorry.')
    await call.silence(3000)
    expect(call.of('heard').slice(1)).toMatchObject([{ turnId: next, interrupted: false }])
  })

  it('what was heard of an interrupted reply is told before the turn that interrupted it, however late its final is', async () => {
    const { call, first } = await startReply()
    await call.speech(1600)
    await call.silence(900)
    call.final('no a single room')
    await call.silence(2200)
    const order = call.order('cancel', 'heard', 'turn')
    expect(order.indexOf(`heard ${first}`)).toBeGreaterThan(0)
    expect(order.indexOf(`heard ${first}`)).toBeLessThan(order.length - 1)
    expect(committed(call).at(-1)).toMatchObject({ text: 'no a single room' })
  })

  it('a final that comes after the caller has gone is no turn, and nothing follows the last word', async () => {
    const call = startCall()
    await call.speech(1000)
    call.floor.perceive({ type: 'left' })
    call.final('goodbye then')
    await call.silence(3000)
    expect(call.of('turn')).toEqual([])
    expect(call.of('transcript-final')).toHaveLength(1)
    call.telling.sendLast({ type: 'call-ended', reason: 'caller-hangup' })
    call.final('hello')
    expect(call.sent.at(-1)?.type).toBe('call-ended')
  })
})

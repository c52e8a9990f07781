import type { OrchestratorMessageOf } from '@trunkline/contracts'
import { createLogger } from '@trunkline/telemetry'
import { describe, expect, it } from 'vitest'
import { createTurnBook } from '../src/call/turn-book.ts'
import type { Outgoing } from '../src/channel/outgoing.ts'
import { SpeechError } from '../src/errors.ts'
import { Speaker } from '../src/speaking/speaker.ts'
import type { Synthesis } from '../src/speaking/synthesizer.ts'
import { createTurnMarks } from '../src/speaking/turn-marks.ts'
import { createStage } from './test-stage.ts'
import { tone } from './tone-router.ts'

const sentenceMs = 200

function create({ failing = [] as readonly string[] } = {}) {
  const sent: Outgoing[] = []
  const requested: { text: string; cache: boolean; signal: AbortSignal }[] = []
  const book = createTurnBook()
  const speaker = new Speaker({
    book,
    send: (message) => void sent.push(message),
    logger: createLogger('test', { level: 'silent' }),
    asrFinalMs: () => 80,
    marks: createTurnMarks(),
    channelRoundTripMs: () => 0.5,
    synthesizer: {
      async synthesize({ text, cache }, { signal }): Promise<Synthesis> {
        requested.push({ text, cache, signal })
        if (failing.includes(text)) throw new SpeechError('unavailable')
        return { firstByteMs: 5, cached: true, pcm: whole(tone(sentenceMs)) }
      },
    },
  })
  return { ...createStage(), speaker, sent, requested, book }
}

async function* whole(bytes: Uint8Array) {
  yield bytes
}

let seq = 0
function say(
  turnId: string,
  index: number,
  text: string,
  options: { last?: boolean; interruptible?: boolean } = {},
): OrchestratorMessageOf<'say'> {
  seq += 1
  const { last = false, interruptible = true } = options
  const fixed = { type: 'say', language: 'en', voice: '', kind: 'reply', at: 0 } as const
  return { ...fixed, seq, turnId, index, text, last, interruptible }
}

const brief = (sent: readonly Outgoing[]) => sent.map(({ type }) => type).join(' ')

describe('Speaker', () => {
  it('requests every sentence as it comes and plays them as one speech, in order', async () => {
    const { speaker, stage, speeches, sent, requested, book, captions, caption } = create()
    speaker.enter(stage, captions)
    book.commit('hello')
    speaker.say(say('turn-1', 0, 'One.'))
    speaker.say(say('turn-1', 1, 'Two.', { last: true }))
    expect(requested.map(({ text }) => text)).toEqual(['One.', 'Two.'])
    expect(speeches).toHaveLength(1)
    await speeches[0]?.play()
    expect(brief(sent)).toBe('say-started say-finished say-started say-finished stats heard')
    expect(sent.at(-1)).toEqual({
      type: 'heard',
      turnId: 'turn-1',
      text: 'One. Two.',
      interrupted: false,
    })
    expect(sent[1]).toMatchObject({ index: 0, playedMs: sentenceMs })
    const stats = sent.find((message) => message.type === 'stats')
    expect(stats).toMatchObject({ ttsCached: true, asrFinalMs: 80, channelRoundTripMs: 0.5 })
    const { marks = {} } = stats ?? {}
    expect(Object.keys(marks).sort()).toEqual(['first-frame', 'first-pcm', 'say-received'])
    expect(marks['first-pcm']).toBeGreaterThanOrEqual(marks['say-received'] ?? Infinity)
    expect(marks['first-frame']).toBeGreaterThanOrEqual(marks['first-pcm'] ?? Infinity)
    expect(caption('turn-1')).toBe('One. Two.')
  })

  it('goes quiet, cancels and then tells what was heard when the caller interrupts', async () => {
    const { speaker, speeches, sent, requested, book, ...stageOf } = create()
    speaker.enter(stageOf.stage)
    book.commit('hello')
    speaker.say(say('turn-1', 0, 'One.'))
    speaker.say(say('turn-1', 1, 'Twenty thousand leagues under the sea.'))
    await speeches[0]?.play(10 + 5)
    speaker.interrupt()
    expect(speeches[0]?.isDropped).toBe(true)
    expect(brief(sent)).toBe('say-started say-finished say-started cancel say-finished stats heard')
    expect(sent.at(-1)).toEqual({
      type: 'heard',
      turnId: 'turn-1',
      text: 'One. Twenty thousand',
      interrupted: true,
    })
    expect(sent.find(({ type }) => type === 'stats')).toMatchObject({ bargeInStopMs: 300 })
    expect(requested.every(({ signal }) => signal.aborted)).toBe(true)

    speaker.say(say('turn-1', 2, 'Late.'))
    expect(requested).toHaveLength(2)
    expect(speeches).toHaveLength(1)
  })

  it('skips a sentence that has no audio and says the others', async () => {
    const { speaker, stage, speeches, sent, captions, caption } = create({ failing: ['One.'] })
    speaker.enter(stage, captions)
    speaker.say(say('turn-1', 0, 'One.'))
    speaker.say(say('turn-1', 1, 'Two.', { last: true }))
    await speeches[0]?.play()
    expect(sent[0]).toEqual({ type: 'say-finished', turnId: 'turn-1', index: 0, playedMs: 0 })
    expect(sent.at(-1)).toMatchObject({ type: 'heard', text: 'Two.', interrupted: false })
    expect(caption('turn-1')).toBe('Two.')
  })

  it('is not stuck when no sentence has audio', async () => {
    const { speaker, stage, speeches, sent } = create({ failing: ['One.'] })
    speaker.enter(stage)
    speaker.say(say('turn-1', 0, 'One.', { last: true }))
    await speeches[0]?.play()
    expect(brief(sent)).toBe('say-finished heard')
    expect(sent.at(-1)).toMatchObject({ text: '' })
  })

  it('waits for more of a reply until the orchestrator says that it is over', async () => {
    const { speaker, stage, speeches, sent } = create()
    speaker.enter(stage)
    speaker.say(say('turn-1', 0, 'One.'))
    const playing = speeches[0]?.play()
    await expect.poll(() => brief(sent)).toBe('say-started say-finished')
    speaker.turnFinished('turn-1')
    await playing
    expect(sent.at(-1)).toMatchObject({ type: 'heard', text: 'One.' })
  })

  it('calls off a reply of which nothing was heard, and its turn goes into the next one', async () => {
    const { speaker, speeches, sent, book, ...stageOf } = create()
    speaker.enter(stageOf.stage)
    book.commit('a room')
    speaker.say(say('turn-1', 0, 'One.'))
    speaker.interrupt()
    expect(speeches[0]?.isDropped).toBe(true)
    expect(brief(sent)).toBe('cancel heard')
    expect(sent.at(-1)).toMatchObject({ text: '', interrupted: true })
    expect(book.commit('for two')).toMatchObject({ supersedes: 'turn-1', text: 'a room for two' })
  })

  it('lets each sentence decide whether it may be interrupted', async () => {
    const { speaker, stage, speeches, sent } = create()
    speaker.enter(stage)
    speaker.say(say('turn-1', 0, 'One.', { interruptible: false }))
    speaker.say(say('turn-1', 1, 'Two.', { last: true }))
    await speeches[0]?.play(1)
    speaker.interrupt()
    expect(speeches[0]?.isDropped).toBe(false)
    await speeches[0]?.play(10)
    speaker.interrupt()
    expect(speeches[0]?.isDropped).toBe(true)
    expect(sent.at(-1)).toMatchObject({ type: 'heard', interrupted: true })
  })

  it('says what must be heard of a reply although the caller cuts off what is before it', async () => {
    const { speaker, speeches, sent, requested, book, ...stageOf } = create()
    speaker.enter(stageOf.stage)
    book.commit('hello')
    speaker.say(say('turn-1', 0, 'Twenty thousand leagues.'))
    speaker.say(say('turn-1', 1, 'And a boat.'))
    speaker.say(say('turn-1', 2, 'I am sorry.', { interruptible: false, last: true }))
    await speeches[0]?.play(4)
    speaker.interrupt()
    speaker.interrupt()
    expect(speeches[0]?.isDropped).toBe(false)
    expect(requested.map(({ signal }) => signal.aborted)).toEqual([true, true, false])
    expect(sent.at(-1)).toMatchObject({ type: 'say-finished', index: 0, playedMs: 80 })
    await speeches[0]?.play()
    expect(brief(sent)).toBe('say-started say-finished say-started say-finished stats heard')
    expect(sent.at(-1)).toEqual({
      type: 'heard',
      turnId: 'turn-1',
      text: 'Twenty I am sorry.',
      interrupted: true,
    })
  })

  it('keeps what must be said when the caller cuts off what is said before it', async () => {
    const { speaker, stage, speeches } = create()
    speaker.enter(stage)
    speaker.say(say('turn-1', 0, 'One.', { last: true }))
    speaker.say(say('prompt-1', 0, 'This call is recorded.', { interruptible: false, last: true }))
    await speeches[0]?.play(1)
    speaker.interrupt()
    expect(speeches.map(({ isDropped }) => isDropped)).toEqual([true, false])
  })

  it('prepares the reply to a speculation, and says it only when that is confirmed', async () => {
    const { speaker, stage, speeches, sent, requested, book } = create()
    speaker.enter(stage)
    const { turnId } = book.speculate('a room')
    speaker.say(say(turnId, 0, 'One.', { last: true }))
    expect(requested).toHaveLength(1)
    expect(speeches).toHaveLength(0)
    book.commit('a room')
    speaker.decide(turnId, { isConfirmed: true })
    await speeches[0]?.play()
    expect(sent.at(-1)).toMatchObject({ type: 'heard', turnId, text: 'One.' })
  })

  it('says nothing of a reply to a speculation that came to nothing, and tells nothing', async () => {
    const { speaker, stage, speeches, sent, requested, book } = create()
    speaker.enter(stage)
    const { turnId } = book.speculate('a room')
    speaker.say(say(turnId, 0, 'One.'))
    book.drop()
    speaker.decide(turnId, { isConfirmed: false })
    expect(requested[0]?.signal.aborted).toBe(true)
    speaker.say(say(turnId, 1, 'Two.', { last: true }))
    expect(requested).toHaveLength(1)
    expect(speeches).toHaveLength(0)
    expect(sent).toEqual([])
  })

  it('lets no reply into the cache, where a name would stay, but for words of ours', () => {
    const { speaker, requested, book } = create()
    book.commit('hello')
    speaker.say(say('turn-1', 0, 'Good evening, Emma.'))
    speaker.say({ ...say('turn-1', 1, 'Are you still there?'), kind: 'prompt' })
    speaker.say({ ...say('turn-1', 2, 'I am here.'), cacheable: true })
    expect(requested.map(({ cache }) => cache)).toEqual([false, true, true])
  })

  it('keeps what it is told before it can be heard, and says it then', async () => {
    const { speaker, stage, speeches, requested } = create()
    speaker.prepare({ ...say('greeting', 0, 'Hello.'), cache: true }).end()
    speaker.say(say('prompt-1', 0, 'Still there?', { last: true }))
    expect(requested).toHaveLength(2)
    speaker.enter(stage)
    expect(speeches).toHaveLength(1)
    speaker.play('greeting')
    expect(speeches).toHaveLength(2)
  })

  it('has played out when the last speech is done, and waits for no further sentence', async () => {
    const { speaker, stage, speeches, sent } = create()
    speaker.enter(stage)
    speaker.say(say('turn-1', 0, 'Goodbye.'))
    let isOver = false
    const playedOut = speaker.playedOut().then(() => {
      isOver = true
    })
    await speeches[0]?.play(9)
    expect(isOver).toBe(false)
    await speeches[0]?.play()
    await playedOut
    expect(sent.at(-1)).toMatchObject({ type: 'heard', text: 'Goodbye.' })
  })

  it('says nothing while it is muted', async () => {
    const { speaker, stage, speeches, sent, book } = create()
    speaker.enter(stage)
    book.commit('hello')
    speaker.say(say('turn-1', 0, 'One.'))
    speaker.mute()
    expect(speeches[0]?.isDropped).toBe(true)
    speaker.say(say('turn-1', 1, 'Two.'))
    speaker.say(say('prompt-1', 0, 'Three.'))
    expect(speeches).toHaveLength(1)
    expect(brief(sent)).toBe('cancel heard cancel heard')
    speaker.unmute()
    speaker.say(say('prompt-2', 0, 'Four.'))
    expect(speeches).toHaveLength(2)
  })
})

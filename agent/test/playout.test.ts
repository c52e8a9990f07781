import type { AudioFrame } from '@livekit/rtc-node'
import { createLogger } from '@trunkline/telemetry'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { createDeferred } from '../src/deferred.ts'
import { frameSamples } from '../src/speaking/frames.ts'
import { Playout } from '../src/speaking/playout.ts'
import { rampSamples } from '../src/speaking/ramp.ts'
import type { FrameSink } from '../src/speaking/sounding.ts'
import type { Speech, SpeechFrame } from '../src/speaking/speech.ts'
import type { VoiceState } from '../src/speaking/voice-report.ts'
import { largestStep } from './largest-step.ts'

const logger = createLogger('test', { level: 'silent' })
const turn = () => new Promise(setImmediate)

/** A source that plays frames of 20 ms when it is told to, and holds `room` of them. */
function createSink(room = 4) {
  const queue: AudioFrame[] = []
  const heard: Int16Array[] = []
  let wake: (() => void) | undefined
  const sink: FrameSink = {
    async captureFrame(frame) {
      queue.push(frame)
      while (queue.length > room) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
    clearQueue() {
      queue.length = 0
      wake?.()
    },
    get queuedDuration() {
      return queue.reduce((sum, { samplesPerChannel }) => sum + samplesPerChannel / 24, 0)
    },
    async close() {},
  }
  return {
    sink,
    heard,
    play(frames: number) {
      heard.push(...queue.splice(0, frames).map(({ data }) => data))
      wake?.()
    },
  }
}

class TestSpeech implements Speech {
  readonly all: TestFrame[]
  isOver = false
  taken = 0

  constructor(count: number, options: { level?: (frame: number) => number; name?: string } = {}) {
    const { level = () => 1000, name = 'speech' } = options
    this.all = Array.from({ length: count }, (_, index) => new TestFrame(name, index, level(index)))
  }

  async *frames(): AsyncGenerator<SpeechFrame> {
    for (const frame of this.all) {
      this.taken += 1
      yield frame
    }
  }

  over(): void {
    this.isOver = true
  }
}

/** A constant: the level can be read from any sample, and a step is easily seen. */
class TestFrame implements SpeechFrame {
  readonly samples: Int16Array
  readonly startsSentence: boolean
  isInterruptible = true
  wasCut = false
  readonly text: string
  readonly name: string
  givenTimes = 0
  playedTimes = 0

  constructor(speech: string, index: number, level: number) {
    this.name = `${speech}/${index}`
    this.text = speech
    this.samples = new Int16Array(frameSamples).fill(level)
    this.startsSentence = index === 0
  }

  isCut(): boolean {
    return this.wasCut
  }

  given(): void {
    this.givenTimes += 1
  }

  played(): void {
    this.playedTimes += 1
  }
}

function create(room?: number) {
  const source = createSink(room)
  const playout = new Playout(source.sink, { logger })
  const voices: VoiceState[] = []
  const played: { level: number; endedAt: number }[] = []
  playout.listen({
    voice: (state) => voices.push(state),
    played: (samples, endedAt) => played.push({ level: samples.at(-1) ?? 0, endedAt }),
  })
  onTestFinished(() => playout.close())
  /** The room's clock: plays a frame, and lets the playout go on. */
  const run = async (frames: number) => {
    for (let index = 0; index < frames; index += 1) {
      source.play(1)
      await turn()
    }
  }
  return { ...source, playout, voices, played, run }
}

const join = (frames: readonly Int16Array[]) => frames.flatMap((frame) => [...frame])
/** What a ramp from 0 to `level` changes by in a sample, with a little room. */
const gentle = (level: number) => (level * Math.PI) / 2 / rampSamples + 2
const plateaus = (heard: readonly Int16Array[]) => heard.map((frame) => frame[240] ?? 0)

describe('Playout', () => {
  it('counts a frame as played when it has left the source, not when it was given', async () => {
    const { playout, play } = create()
    const speech = new TestSpeech(3)
    playout.play(speech)
    await turn()
    expect(speech.all.map(({ givenTimes }) => givenTimes)).toEqual([1, 1, 1])
    expect(speech.all.some(({ playedTimes }) => playedTimes > 0)).toBe(false)
    expect(speech.isOver).toBe(false)
    play(3)
    await expect.poll(() => speech.isOver).toBe(true)
    expect(speech.all.every(({ playedTimes }) => playedTimes === 1)).toBe(true)
  })

  it('takes no more than the source and a few frames hold', async () => {
    const { playout, run } = create(4)
    const speech = new TestSpeech(20)
    playout.play(speech)
    await turn()
    expect(speech.taken).toBeLessThanOrEqual(4 + 1 + 3 + 1)
    await run(20)
    expect(speech.taken).toBe(20)
  })

  it('plays one speech after the other, and tells when each is over', async () => {
    const { playout, run, heard } = create()
    const [first, second] = [
      new TestSpeech(2, { level: () => 100 }),
      new TestSpeech(2, { level: () => 200 }),
    ]
    playout.play(first)
    playout.play(second)
    await turn()
    await run(3)
    await expect.poll(() => first.isOver).toBe(true)
    expect(second.isOver).toBe(false)
    await run(1)
    await expect.poll(() => second.isOver).toBe(true)
    expect(plateaus(heard)).toEqual([100, 100, 200, 200])
  })

  it('is quiet within the call to duck, with a ramp and no click', async () => {
    const { playout, run, play, sink, heard, voices } = create()
    const speech = new TestSpeech(30, { level: () => 20_000 })
    // As a sentence begins: its first frame rises by itself.
    speech.all[0]?.samples.fill(0)
    playout.play(speech)
    await run(5)
    expect(voices).toEqual([{ isSpeaking: true, isInterruptible: true, text: 'speech' }])
    const loudBefore = heard.length
    playout.duck()
    expect(playout.isDucked).toBe(true)
    expect(playout.stoppedAt).toBeDefined()
    expect(sink.queuedDuration).toBeLessThanOrEqual(10)
    await turn()
    play(1)
    await turn()
    expect(sink.queuedDuration).toBe(0)
    const tail = heard.slice(loudBefore - 1)
    expect(largestStep(join(tail), { from: 20_000 })).toBeLessThan(gentle(20_000))
    expect(tail.at(-1)?.at(-1)).toBe(0)
    // Paused it still speaks: there is more to come.
    expect(voices).toHaveLength(1)
  })

  it('goes on at the word that was cut, without loss, and counts nothing twice', async () => {
    const { playout, run, play, heard } = create()
    // Words of eight frames with a gap of one between them, at 8, 17, 26 …
    const gap = (index: number) => index % 9 === 8
    const speech = new TestSpeech(40, {
      level: (index) => (index === 0 || gap(index) ? 0 : 1000 + index),
    })
    playout.play(speech)
    await run(14)
    const cutAt = speech.all.findIndex(({ playedTimes }) => playedTimes === 0)
    expect(cutAt).toBeGreaterThan(10)
    expect(cutAt).toBeLessThan(17)
    playout.duck()
    play(1)
    await turn()
    const before = heard.length
    playout.restore()
    await run(1)
    await run(40)
    await expect.poll(() => speech.isOver).toBe(true)
    const after = plateaus(heard.slice(before))
    // From the gap before the cut word on, every frame to the end.
    expect(after).toEqual(speech.all.slice(8).map(({ samples }) => samples[240]))
    expect(
      speech.all.every(({ playedTimes, givenTimes }) => playedTimes === 1 && givenTimes === 1),
    ).toBe(true)
    expect(playout.stoppedAt).toBeUndefined()
  })

  it('repeats nothing of the sentence before when it is ducked at the beginning of one', async () => {
    const { playout, run, play, heard } = create()
    const speech = new TestSpeech(20, { level: (index) => 1000 + index })
    const second = speech.all[10]
    if (second) Object.assign(second, { startsSentence: true })
    playout.play(speech)
    await run(11)
    const cutAt = speech.all.findIndex(({ playedTimes }) => playedTimes === 0)
    playout.duck()
    play(1)
    await turn()
    const before = heard.length
    playout.restore()
    await run(20)
    expect(cutAt).toBeGreaterThanOrEqual(10)
    expect(plateaus(heard.slice(before))[0]).toBe(1010)
  })

  it('fades in where it goes on', async () => {
    const { playout, run, play, heard } = create()
    const speech = new TestSpeech(30, { level: () => 10_000 })
    playout.play(speech)
    await run(12)
    playout.duck()
    play(1)
    await turn()
    const before = heard.length
    playout.restore()
    await run(3)
    expect(largestStep(join(heard.slice(before)))).toBeLessThan(gentle(10_000))
  })

  it('lets nothing of a dropped speech sound any more, and plays the next one', async () => {
    const { playout, run, heard, sink, voices } = create()
    const [first, second] = [
      new TestSpeech(30, { level: () => 100 }),
      new TestSpeech(3, { level: () => 200 }),
    ]
    playout.play(first)
    await run(5)
    const loudFrames = heard.length
    playout.drop(first)
    expect(sink.queuedDuration).toBeLessThanOrEqual(10)
    await run(3)
    expect(plateaus(heard.slice(loudFrames)).filter((level) => level === 100)).toEqual([])
    expect(voices.at(-1)?.isSpeaking).toBe(false)
    playout.play(second)
    await run(4)
    await expect.poll(() => second.isOver).toBe(true)
    expect(first.isOver).toBe(false)
  })

  it.each([false, true])(
    'goes on behind a sentence that was cut off (paused: %s)',
    async (isPaused) => {
      const { playout, run, heard, sink } = create()
      const speech = new TestSpeech(10, { level: (index) => (index < 7 ? 100 : 200) })
      const [first] = speech.all.slice(7)
      if (first) Object.assign(first, { startsSentence: true })
      playout.play(speech)
      // By now the source and what waits for it hold frames of both sentences.
      await run(3)
      const loudFrames = heard.length
      if (isPaused) playout.duck()
      for (const frame of speech.all.slice(0, 7)) frame.wasCut = true
      playout.skipCut()
      if (isPaused) playout.restore()
      else expect(sink.queuedDuration).toBeLessThanOrEqual(80)
      await run(8)
      await expect.poll(() => speech.isOver).toBe(true)
      expect(plateaus(heard.slice(loudFrames)).filter((level) => level === 100)).toEqual([])
      expect(speech.all.map(({ playedTimes }) => playedTimes).slice(7)).toEqual([1, 1, 1])
      expect(speech.all.at(6)?.playedTimes).toBe(0)
    },
  )

  it('drops a speech that waits without touching the one that sounds', async () => {
    const { playout, run, heard } = create()
    const [first, second] = [
      new TestSpeech(12, { level: () => 100 }),
      new TestSpeech(5, { level: () => 200 }),
    ]
    playout.play(first)
    playout.play(second)
    await run(5)
    playout.drop(second)
    await run(10)
    await expect.poll(() => first.isOver).toBe(true)
    expect(plateaus(heard)).toEqual(first.all.map(() => 100))
  })

  it('is not held down by a pause whose speech was dropped', async () => {
    const { playout, run } = create()
    const [first, second] = [new TestSpeech(20), new TestSpeech(2)]
    playout.play(first)
    await run(5)
    playout.duck()
    playout.drop(first)
    playout.play(second)
    await run(4)
    await expect.poll(() => second.isOver).toBe(true)
  })

  it('tells whether what is heard may be interrupted', async () => {
    const { playout, run, voices } = create()
    const speech = new TestSpeech(4)
    for (const frame of speech.all.slice(0, 2)) frame.isInterruptible = false
    playout.play(speech)
    await turn()
    await run(4)
    await expect.poll(() => voices).toHaveLength(3)
    expect(voices).toEqual([
      { isSpeaking: true, isInterruptible: false, text: 'speech' },
      { isSpeaking: true, isInterruptible: true, text: 'speech' },
      { isSpeaking: false, isInterruptible: true, text: 'speech' },
    ])
  })

  it('tells what is being said, with the sentence before it, and after a silence without', async () => {
    const { playout, run, voices } = create()
    const texts = () => voices.map(({ text }) => text)
    for (const name of ['One.', 'Two.', 'Three.']) playout.play(new TestSpeech(3, { name }))
    await run(12)
    await expect.poll(() => voices.at(-1)?.isSpeaking).toBe(false)
    expect(texts()).toEqual(['One.', 'One. Two.', 'Two. Three.', 'Two. Three.'])
    playout.play(new TestSpeech(3, { name: 'Four.' }))
    await run(3)
    expect(texts().at(-1)).toBe('Four.')
  })

  it('is silent within a ramp, before and behind, where a speech has no more to play yet', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    onTestFinished(() => void vi.useRealTimers())
    const { playout, run, heard, sink } = create(10)
    const more = createDeferred()
    const all = new TestSpeech(30, { level: () => 20_000 }).all
    all[0]?.samples.fill(0)
    async function* frames() {
      yield* all.slice(0, 15)
      await more.promise
      yield* all.slice(15)
    }
    playout.play({ frames, over() {} })
    await turn()
    await run(9)
    expect(sink.queuedDuration).toBe(100)
    // The last one is kept back for as long as the source has enough without it.
    await vi.advanceTimersByTimeAsync(100)
    await run(6)
    const gapAt = heard.length
    expect(gapAt).toBe(15)
    heard.push(new Int16Array(frameSamples))
    more.resolve()
    await turn()
    await run(3)
    expect(heard[gapAt - 1]?.at(-1)).toBeLessThan(5)
    expect(heard[gapAt + 1]?.at(-1)).toBe(20_000)
    expect(largestStep(join(heard.slice(2)), { from: 20_000 })).toBeLessThan(gentle(20_000))
  })

  it('goes on without a click with what must be said, when what waits behind it is dropped', async () => {
    const { playout, run, heard, play } = create(6)
    const kept = new TestSpeech(6, { level: () => 20_000 })
    kept.all[0]?.samples.fill(0)
    const dropped = new TestSpeech(6, { level: () => 100 })
    playout.play(kept)
    playout.play(dropped)
    await turn()
    await run(2)
    playout.drop(dropped)
    play(1)
    const before = heard.length
    await run(8)
    await expect.poll(() => kept.isOver).toBe(true)
    expect(largestStep(join(heard.slice(before, before + 3)))).toBeLessThan(gentle(20_000))
  })

  it('says what the room was sent, in order and with its time', async () => {
    const { playout, run, played } = create()
    playout.play(new TestSpeech(4, { level: (index) => index + 1 }))
    await run(5)
    await expect.poll(() => played).toHaveLength(4)
    expect(played.map(({ level }) => level)).toEqual([1, 2, 3, 4])
    expect(played.every(({ endedAt }, index) => endedAt >= (played[index - 1]?.endedAt ?? 0))).toBe(
      true,
    )
  })

  it('does not touch the source any more once it is closed', async () => {
    const { playout, sink } = create()
    playout.play(new TestSpeech(5))
    await turn()
    await playout.close()
    sink.clearQueue = () => {
      throw new Error('the source is gone')
    }
    playout.duck()
    playout.restore()
    playout.play(new TestSpeech(5))
    await turn()
    await playout.close()
  })

  it('is through with a speech when the room takes no audio', async () => {
    const { playout, sink } = create()
    sink.captureFrame = () => Promise.reject(new Error('the room is gone'))
    const speech = new TestSpeech(3)
    playout.play(speech)
    await expect.poll(() => speech.isOver).toBe(true)
  })
})

import type { Logger } from '@trunkline/telemetry'
import { createDeferred } from '../deferred.ts'
import { fadeIn } from './ramp.ts'
import { findRestart, levelOf } from './restart-point.ts'
import { type FrameSink, Sounding } from './sounding.ts'

/** A frame of 20 ms that knows whose it is, so that what was played can be told to the frame. */
export interface SpeechFrame {
  readonly samples: Int16Array
  readonly isInterruptible: boolean
  /** True for the first one of a sentence: words do not reach back beyond it. */
  readonly startsSentence: boolean
  /** It was handed to the room; once, also when it is repeated. */
  given(): void
  /** The room's source has sent it; once. */
  played(): void
}

/** What is said in one go. */
export interface Speech {
  /** Ends soon after the speech was dropped. */
  frames(): AsyncIterable<SpeechFrame>
  /** It was played to its end. Not called for what was dropped. */
  over(): void
}

/** Our voice as turn-taking knows it. */
export interface VoiceState {
  readonly isSpeaking: boolean
  readonly isInterruptible: boolean
}

export interface PlayoutListener {
  /** Told at each change. Paused in the middle of a word it still speaks. */
  voice(state: VoiceState): void
  /** Samples that the caller's side was sent, ending at `endedAt` by `performance.now()`. */
  played(samples: Int16Array, endedAt: number): void
}

interface Entry {
  readonly speech: Speech
  isWhole: boolean
  isDropped: boolean
  /** Frames on their way. */
  pending: number
}

interface Item {
  readonly samples: Int16Array
  readonly frame: SpeechFrame
  readonly entry: Entry
  readonly state: { wasGiven: boolean; wasPlayed: boolean }
}

/** Frames taken from the speech beyond those in the source. */
const maxWaiting = 3
/** Frames kept to repeat the word that a pause has cut: 1.2 s. */
const maxRecent = 60

/**
 * Our voice in the room: speeches one after the other, 20 ms at a time, as fast as the room's source sends them. It
 * is paused and dropped within the call, and goes on at the beginning of the word that was cut.
 */
export class Playout {
  readonly #sink: FrameSink
  readonly #logger: Logger
  readonly #sounding: Sounding<Item>
  readonly #listeners = new Set<PlayoutListener>()
  readonly #entries: Entry[] = []
  readonly #recent: Item[] = []
  #waiting: Item[] = []
  #isDucked = false
  #isProducing = false
  #isPumping = false
  #isClosed = false
  #voice: VoiceState = { isSpeaking: false, isInterruptible: true }
  #stoppedAt: number | undefined
  #drainTimer: NodeJS.Timeout | undefined
  #moved = createDeferred<void>()

  constructor(sink: FrameSink, { logger }: { logger: Logger }) {
    this.#sink = sink
    this.#logger = logger
    this.#sounding = new Sounding(sink, (item, endedAt) => this.#played(item, endedAt))
  }

  /** When sound was last cut off, on `performance.now()`'s clock; undefined while it may sound. */
  get stoppedAt(): number | undefined {
    return this.#stoppedAt
  }

  get isDucked(): boolean {
    return this.#isDucked
  }

  listen(listener: PlayoutListener): void {
    this.#listeners.add(listener)
  }

  /** Plays after what was given before. */
  play(speech: Speech): void {
    if (this.#isClosed) return
    this.#entries.push({ speech, isWhole: false, isDropped: false, pending: 0 })
    void this.#produce()
  }

  /** Nothing of it is heard any more, from now on. */
  drop(speech: Speech): void {
    const place = this.#entries.findIndex((entry) => entry.speech === speech)
    const [entry] = place === -1 ? [] : this.#entries.splice(place, 1)
    if (!entry) return
    entry.isDropped = true
    // What follows it in the source waits again.
    const isSounding = this.#sounding.some((item) => item.entry === entry)
    const unplayed = isSounding ? this.#silence() : []
    this.#waiting = [...unplayed, ...this.#waiting].filter((item) => !item.entry.isDropped)
    this.#notify()
    if (this.#isDucked && this.#waiting.length === 0) this.#isDucked = false
    void this.#pump()
  }

  /** Silent within the call; what was not heard is kept. */
  duck(): void {
    if (this.#isDucked || this.#isClosed || !this.#voice.isSpeaking) return
    this.#isDucked = true
    this.#waiting.unshift(...this.#silence())
  }

  /** Goes on at the beginning of the word that `duck` has cut. */
  restore(): void {
    if (!this.#isDucked) return
    this.#isDucked = false
    this.#rewind()
    void this.#pump()
  }

  async close(): Promise<void> {
    if (this.#isClosed) return
    this.#silence()
    this.#isClosed = true
    this.#waiting = []
    this.#notify()
    clearTimeout(this.#drainTimer)
    await this.#sink.close()
  }

  async #produce(): Promise<void> {
    if (this.#isProducing) return
    this.#isProducing = true
    for (let entry = this.#nextEntry(); entry; entry = this.#nextEntry()) {
      try {
        for await (const frame of entry.speech.frames()) {
          if (entry.isDropped || this.#isClosed) break
          const state = { wasGiven: false, wasPlayed: false }
          this.#waiting.push({ samples: frame.samples, frame, entry, state })
          entry.pending += 1
          void this.#pump()
          await this.#room(entry)
        }
      } catch (error) {
        this.#logger.warn({ err: error }, 'a speech has broken off')
      }
      entry.isWhole = true
      this.#finish()
    }
    this.#isProducing = false
  }

  #nextEntry(): Entry | undefined {
    return this.#isClosed ? undefined : this.#entries.find(({ isWhole }) => !isWhole)
  }

  async #room(entry: Entry): Promise<void> {
    while (this.#waiting.length > maxWaiting && !entry.isDropped && !this.#isClosed) {
      await this.#moved.promise
    }
  }

  async #pump(): Promise<void> {
    if (this.#isPumping) return
    this.#isPumping = true
    try {
      while (!this.#isDucked && !this.#isClosed) {
        const item = this.#waiting.shift()
        if (!item) break
        this.#notify()
        await this.#give(item)
      }
    } catch (error) {
      this.#logger.warn({ err: error }, 'the room took no audio')
      for (const { entry } of this.#sounding.forget()) entry.pending -= 1
      this.#finish()
    } finally {
      this.#isPumping = false
    }
    this.#drain()
  }

  #give(item: Item): Promise<void> {
    this.#stoppedAt = undefined
    this.#tell({ isSpeaking: true, isInterruptible: item.frame.isInterruptible })
    if (!item.state.wasGiven) item.frame.given()
    item.state.wasGiven = true
    return this.#sounding.give(item)
  }

  #played(item: Item, endedAt: number): void {
    const { entry, frame, state } = item
    this.#recent.push(item)
    if (this.#recent.length > maxRecent) this.#recent.shift()
    for (const listener of this.#listeners) listener.played(item.samples, endedAt)
    if (!state.wasPlayed) frame.played()
    state.wasPlayed = true
    entry.pending -= 1
    this.#finish()
  }

  /** Stops the sound at once; returns what was given and not heard. */
  #silence(): readonly Item[] {
    if (this.#isClosed) return []
    const unplayed = this.#sounding.cut()
    if (unplayed.length > 0) this.#stoppedAt = performance.now()
    return unplayed
  }

  #rewind(): void {
    const [next] = this.#waiting
    if (!next) return
    const before = this.#recent.filter(({ entry }) => entry === next.entry)
    const sentence = before.findLastIndex(({ frame }) => frame.startsSentence)
    const heard = next.frame.startsSentence ? [] : before.slice(Math.max(0, sentence))
    const levels = [...heard, ...this.#waiting].map(({ samples }) => levelOf(samples))
    const repeated = heard.slice(findRestart(levels, heard.length))
    next.entry.pending += repeated.length
    const [first = next, ...rest] = [...repeated, ...this.#waiting]
    const samples = first.samples.slice()
    fadeIn(samples)
    this.#waiting = [{ ...first, samples }, ...rest]
    this.#recent.length = 0
  }

  #drain(): void {
    clearTimeout(this.#drainTimer)
    if (this.#isClosed || this.#isDucked || this.#waiting.length > 0) return
    if (this.#sounding.isEmpty) {
      this.#tell({ ...this.#voice, isSpeaking: false })
      return
    }
    const settle = () => {
      this.#sounding.settle()
      this.#drain()
    }
    this.#drainTimer = setTimeout(settle, this.#sounding.leftMs + 2)
  }

  /** In the order of playing: a speech without audio waits for those before it. */
  #finish(): void {
    for (
      let [first] = this.#entries;
      first?.isWhole && first.pending === 0;
      [first] = this.#entries
    ) {
      this.#entries.shift()
      first.speech.over()
    }
  }

  #tell(state: VoiceState): void {
    const { isSpeaking, isInterruptible } = this.#voice
    if (state.isSpeaking === isSpeaking && state.isInterruptible === isInterruptible) return
    this.#voice = state
    for (const listener of this.#listeners) listener.voice(state)
  }

  #notify(): void {
    this.#moved.resolve()
    this.#moved = createDeferred<void>()
  }
}

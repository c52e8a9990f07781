import type { Logger } from '@trunkline/telemetry'
import { createDeferred } from '../deferred.ts'
import { fadeIn, fadeOut } from './ramp.ts'
import { findRepeated, type SpokenFrame } from './restart-point.ts'
import { type FrameSink, Sounding } from './sounding.ts'
import type { Speech, SpeechFrame } from './speech.ts'
import { createVoiceReport, type VoiceListener } from './voice-report.ts'

interface Entry {
  readonly speech: Speech
  isWhole: boolean
  isDropped: boolean
  /** Silence was sent in the middle of it, since nothing more was there. */
  isBroken: boolean
  /** Frames on their way. */
  pending: number
}

interface Item extends SpokenFrame {
  readonly frame: SpeechFrame
  readonly entry: Entry
  readonly state: { wasGiven: boolean; wasPlayed: boolean }
}

/** Frames taken from the speech beyond those in the source. */
const maxWaiting = 3
/** Frames kept to repeat the word that a pause has cut: 1.2 s. */
const maxRecent = 60
/** With less in the source, a frame whose successor is not there yet has to go. */
const reserveMs = 100

/**
 * Our voice in the room: speeches one after the other, 20 ms at a time, as fast as the room's source sends them. It
 * is paused and dropped within the call, and goes on at a gap before what was cut.
 */
export class Playout {
  readonly #sink: FrameSink
  readonly #logger: Logger
  readonly #sounding: Sounding<Item>
  readonly #report = createVoiceReport()
  readonly #entries: Entry[] = []
  readonly #recent: Item[] = []
  #waiting: Item[] = []
  #isDucked = false
  #isProducing = false
  #isPumping = false
  #isClosed = false
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

  listen(listener: VoiceListener): void {
    this.#report.listen(listener)
  }

  /** Plays after what was given before. */
  play(speech: Speech): void {
    if (this.#isClosed) return
    this.#entries.push({ speech, isWhole: false, isDropped: false, isBroken: false, pending: 0 })
    void this.#produce()
  }

  /** Nothing of it is heard any more, from now on. */
  drop(speech: Speech): void {
    const place = this.#entries.findIndex((entry) => entry.speech === speech)
    const [entry] = place === -1 ? [] : this.#entries.splice(place, 1)
    if (!entry) return
    entry.isDropped = true
    this.skipCut()
  }

  /** Of sentences that were cut off nothing is heard any more, from now on; what follows them is. */
  skipCut(): void {
    // What follows it in the source waits again.
    const unplayed = this.#sounding.some(isGone) ? this.#silence() : []
    for (const item of [...unplayed, ...this.#waiting]) if (isGone(item)) item.entry.pending -= 1
    const kept = unplayed.filter((item) => !isGone(item))
    const waiting = this.#waiting.filter((item) => !isGone(item))
    this.#waiting = [...fromSilence(kept), ...waiting]
    this.#notify()
    if (this.#isDucked && this.#waiting.length === 0) this.#isDucked = false
    this.#finish()
    void this.#pump()
  }

  /** Silent within the call; what was not heard is kept. */
  duck(): void {
    if (this.#isDucked || this.#isClosed || !this.#report.isSpeaking) return
    this.#isDucked = true
    this.#waiting.unshift(...this.#silence())
    this.#notify()
  }

  /** Goes on at the gap before what `duck` has cut. */
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
          if (frame.isCut()) continue
          const state = { wasGiven: false, wasPlayed: false }
          const { samples, startsSentence } = frame
          this.#waiting.push({ samples, startsSentence, frame, entry, state })
          entry.pending += 1
          this.#notify()
          void this.#pump()
          await this.#room(entry)
        }
      } catch (error) {
        this.#logger.warn({ err: error }, 'a speech has broken off')
      }
      entry.isWhole = true
      this.#notify()
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
        const [item] = this.#waiting
        if (!item) break
        const mayWait = this.#isAlone(item) && this.#sounding.leftMs > reserveMs
        const isLast = mayWait && (await this.#isWithoutNext(item))
        if (this.#waiting[0] !== item || this.#isDucked || this.#isClosed) continue
        this.#waiting.shift()
        this.#notify()
        await this.#give(smooth(item, { isLast }))
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

  /** True for a frame of a speech that is to go on, of which no more is there. */
  #isAlone(item: Item): boolean {
    return this.#waiting.length === 1 && this.#waiting[0] === item && !item.entry.isWhole
  }

  /** Waits for the next frame as long as the source has enough; true when it has not come: silence will follow. */
  async #isWithoutNext(item: Item): Promise<boolean> {
    const late = createDeferred()
    const timer = setTimeout(late.resolve, this.#sounding.leftMs - reserveMs)
    let isLate = false
    void late.promise.then(() => {
      isLate = true
    })
    while (this.#isAlone(item) && !isLate) await Promise.race([this.#moved.promise, late.promise])
    clearTimeout(timer)
    return this.#isAlone(item)
  }

  #give(item: Item): Promise<void> {
    this.#stoppedAt = undefined
    this.#report.speaks(item.frame)
    if (!item.state.wasGiven) item.frame.given()
    item.state.wasGiven = true
    return this.#sounding.give(item)
  }

  #played(item: Item, endedAt: number): void {
    const { entry, frame, state } = item
    this.#recent.push(item)
    if (this.#recent.length > maxRecent) this.#recent.shift()
    this.#report.played(item.samples, endedAt)
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
    const repeated = findRepeated(before, this.#waiting)
    next.entry.pending += repeated.length
    this.#waiting = fromSilence([...repeated, ...this.#waiting])
    this.#recent.length = 0
  }

  #drain(): void {
    clearTimeout(this.#drainTimer)
    if (this.#isClosed || this.#isDucked || this.#waiting.length > 0) return
    if (this.#sounding.isEmpty) {
      this.#report.falls()
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

  #notify(): void {
    this.#moved.resolve()
    this.#moved = createDeferred<void>()
  }
}

function isGone({ entry, frame }: Item): boolean {
  return entry.isDropped || frame.isCut()
}

/** Begins from silence what was cut off, and goes on. */
function fromSilence(items: readonly Item[]): Item[] {
  const [first, ...rest] = items
  if (!first) return []
  const samples = first.samples.slice()
  fadeIn(samples)
  return [{ ...first, samples }, ...rest]
}

/** Lets a frame end in silence before a gap, and begin from it behind one. */
function smooth(item: Item, { isLast }: { isLast: boolean }): Item {
  const { entry } = item
  if (!isLast && !entry.isBroken) return item
  const samples = item.samples.slice()
  if (entry.isBroken) fadeIn(samples)
  if (isLast) fadeOut(samples)
  entry.isBroken = isLast
  return { ...item, samples }
}

import { voice } from '@livekit/agents'
import { AudioFrame } from '@livekit/rtc-node'
import { createDeferred } from '../deferred.ts'
import { speechSampleRateHz } from './synthesizer.ts'

/** What the playout needs of rtc-node's AudioSource. */
export interface FrameSink {
  captureFrame(frame: AudioFrame): Promise<void>
  clearQueue(): void
  /** Milliseconds given and not yet played. */
  readonly queuedDuration: number
  close(): Promise<void>
}

/** Audio that knows whose it is, so that what was played can be told to the millisecond. */
export abstract class TracedFrame extends AudioFrame {
  /** True when its speech was interrupted: it must not be played any more. */
  abstract readonly calledOff: boolean
  /** It was handed to the room. */
  abstract given(): void
  /** The room's source has sent it. */
  abstract played(): void
}

/** Frames taken from the session beyond those in the source. */
const maxWaiting = 3

/**
 * The session's audio output into the room. Unlike agents-js' own it goes quiet within the call to `pause`, keeps
 * what was queued for a resume, counts queued audio as not played, and never lets a called-off speech sound again
 * between an interruption and its clean-up (agents-js resumes before it clears).
 */
export class Playout extends voice.AudioOutput {
  readonly #sink: FrameSink
  #waiting: AudioFrame[] = []
  #given: AudioFrame[] = []
  #playedMs = 0
  #started = false
  #flushed = true
  #paused = false
  #pumping = false
  #closed = false
  #generation = 0
  #stoppedAt: number | undefined
  #drainTimer: NodeJS.Timeout | undefined
  #finishing: NodeJS.Immediate | undefined
  #moved = createDeferred<void>()

  constructor(sink: FrameSink) {
    super(speechSampleRateHz, undefined, { pause: true })
    this.#sink = sink
  }

  /** When sound was last cut off, on `performance.now()`'s clock; undefined while it may sound. */
  get stoppedAt(): number | undefined {
    return this.#stoppedAt
  }

  override async captureFrame(frame: AudioFrame): Promise<void> {
    if (this.#closed || isCalledOff(frame)) return
    const generation = this.#generation
    await super.captureFrame(frame)
    this.#flushed = false
    this.#waiting.push(frame)
    void this.#pump()
    while (this.#waiting.length > maxWaiting && generation === this.#generation) {
      await this.#moved.promise
    }
  }

  override flush(): void {
    super.flush()
    if (this.pendingPlayoutSegments === 0) return
    this.#flushed = true
    this.#drain()
  }

  override clearBuffer(): void {
    this.#generation += 1
    this.#silence()
    this.#waiting = []
    super.flush()
    this.#flushed = true
    this.#notify()
    // Later, because agents-js still has to flush text and audio of the segment, and confuses them with the next
    // one's when it is told first that this one is over.
    if (this.pendingPlayoutSegments > 0) this.#finishing ??= setImmediate(() => this.#finish(true))
  }

  override pause(): void {
    super.pause()
    if (this.#paused) return
    this.#paused = true
    this.#waiting.unshift(...this.#silence())
  }

  override resume(): void {
    super.resume()
    if (!this.#paused) return
    if (this.#waiting.some(isCalledOff)) this.clearBuffer()
    this.#paused = false
    void this.#pump()
  }

  async close(): Promise<void> {
    if (this.#closed) return
    this.clearBuffer()
    this.#closed = true
    clearTimeout(this.#drainTimer)
    await this.#sink.close()
  }

  async #pump(): Promise<void> {
    if (this.#pumping) return
    this.#pumping = true
    try {
      while (!this.#paused && !this.#closed) {
        const frame = this.#waiting.shift()
        if (!frame) break
        this.#notify()
        if (isCalledOff(frame)) continue
        this.#give(frame)
        await this.#sink.captureFrame(frame)
        this.#settle()
      }
    } catch (error) {
      this.logger.warn({ error }, 'the room took no audio')
      this.#given = []
    } finally {
      this.#pumping = false
    }
    this.#drain()
  }

  #give(frame: AudioFrame): void {
    this.#given.push(frame)
    this.#stoppedAt = undefined
    if (!this.#started) {
      this.#started = true
      this.onPlaybackStarted(Date.now())
    }
    if (frame instanceof TracedFrame) frame.given()
  }

  /** Takes the frames that have left the source off the list of given ones. */
  #settle(): void {
    let playedMs = this.#given.reduce((sum, frame) => sum + durationMs(frame), 0)
    playedMs -= this.#sink.queuedDuration
    for (
      let first = this.#given[0];
      first && playedMs >= durationMs(first);
      first = this.#given[0]
    ) {
      this.#given.shift()
      playedMs -= durationMs(first)
      this.#playedMs += durationMs(first)
      if (first instanceof TracedFrame) first.played()
    }
  }

  /** Stops the sound at once; returns what was given and not played. */
  #silence(): AudioFrame[] {
    if (this.#closed) return []
    this.#settle()
    const unplayed = this.#given
    this.#given = []
    this.#sink.clearQueue()
    if (unplayed.length > 0) this.#stoppedAt = performance.now()
    return unplayed
  }

  #drain(): void {
    clearTimeout(this.#drainTimer)
    if (this.#finishing || this.#closed || this.#paused || this.#waiting.length > 0) return
    if (this.#given.length > 0) {
      const settle = () => {
        this.#settle()
        this.#drain()
      }
      this.#drainTimer = setTimeout(settle, this.#sink.queuedDuration + 2)
    } else if (this.#flushed && this.pendingPlayoutSegments > 0) {
      this.#finish(false)
    }
  }

  #finish(interrupted: boolean): void {
    this.#finishing = undefined
    const playbackPosition = this.#playedMs / 1000
    this.#playedMs = 0
    this.#started = false
    this.onPlaybackFinished({ playbackPosition, interrupted })
  }

  #notify(): void {
    this.#moved.resolve()
    this.#moved = createDeferred<void>()
  }
}

function isCalledOff(frame: AudioFrame): boolean {
  return frame instanceof TracedFrame && frame.calledOff
}

function durationMs(frame: AudioFrame): number {
  return (frame.samplesPerChannel / frame.sampleRate) * 1000
}

import { AudioFrame } from '@livekit/rtc-node'
import { fadeOut, rampSamples } from './ramp.ts'
import { speechSampleRateHz } from './synthesizer.ts'

/** What is needed of rtc-node's AudioSource. */
export interface FrameSink {
  captureFrame(frame: AudioFrame): Promise<void>
  clearQueue(): void
  /** Milliseconds given and not yet played. */
  readonly queuedDuration: number
  close(): Promise<void>
}

/** A piece of sound on its way to the room: s16le mono at `speechSampleRateHz`, in a buffer of its own. */
export interface Sound {
  readonly samples: Int16Array
}

/** Told of each piece when the source has sent it; `endedAt` by `performance.now()`. */
export type OnPlayed<T> = (sound: T, endedAt: number) => void

const samplesPerMs = speechSampleRateHz / 1000
/** The source sends pieces of 10 ms. */
const sourceStepMs = 10

/** What was handed to the room's source and may not have been heard yet. */
export class Sounding<T extends Sound> {
  readonly #sink: FrameSink
  readonly #onPlayed: OnPlayed<T>
  #given: T[] = []

  constructor(sink: FrameSink, onPlayed: OnPlayed<T>) {
    this.#sink = sink
    this.#onPlayed = onPlayed
  }

  get isEmpty(): boolean {
    return this.#given.length === 0
  }

  /** Milliseconds until all of it has been sent. */
  get leftMs(): number {
    return this.#sink.queuedDuration
  }

  /** Resolves when the source has room for more. @throws {Error} when it takes nothing */
  async give(sound: T): Promise<void> {
    this.#given.push(sound)
    await this.#sink.captureFrame(toAudioFrame(sound.samples))
    this.settle()
  }

  /** Tells of what has left the source since. */
  settle(): void {
    let playedMs = this.#playedMs()
    const now = performance.now()
    for (let first = this.#given[0]; first; first = this.#given[0]) {
      const ms = durationMs(first)
      if (playedMs < ms) break
      playedMs -= ms
      this.#given.shift()
      this.#onPlayed(first, now - playedMs)
    }
  }

  /** Silent from now on but for a ramp that spares the caller a click. Returns what has not been heard. */
  cut(): readonly T[] {
    this.settle()
    const playedMs = this.#playedMs()
    const unplayed = this.#given
    this.#given = []
    this.#sink.clearQueue()
    const [first] = unplayed
    if (first) {
      const offset = Math.floor(playedMs / sourceStepMs) * sourceStepMs * samplesPerMs
      this.#sink.captureFrame(toAudioFrame(toTail(first.samples, offset))).catch(() => {
        // A source that takes nothing is silent already.
      })
    }
    return unplayed
  }

  some(isWanted: (sound: T) => boolean): boolean {
    return this.#given.some(isWanted)
  }

  /** Forgets, and returns, what a source that takes nothing was given. */
  forget(): readonly T[] {
    const given = this.#given
    this.#given = []
    return given
  }

  #playedMs(): number {
    const givenMs = this.#given.reduce((sum, sound) => sum + durationMs(sound), 0)
    return givenMs - this.#sink.queuedDuration
  }
}

/** The next 10 ms from `offset` on, coming to rest within a ramp. */
function toTail(samples: Int16Array, offset: number): Int16Array {
  const tail = new Int16Array(sourceStepMs * samplesPerMs)
  tail.set(samples.subarray(offset, offset + rampSamples))
  fadeOut(tail.subarray(0, rampSamples))
  return tail
}

function durationMs({ samples }: Sound): number {
  return samples.length / samplesPerMs
}

function toAudioFrame(samples: Int16Array): AudioFrame {
  return new AudioFrame(samples, speechSampleRateHz, 1, samples.length)
}

import { windowSamples } from './voice-activity.ts'

/** What was heard before the detector was sure belongs to the first word. */
const preRollSamples = 4_800
/** Enough silence after the last word that its end is not taken for a cut. */
const tailSamples = 4_800
/** An utterance that nothing ended cleanly keeps this much to look for its quietest place in. */
const cutSearchSamples = 32_000

/**
 * The audio of one stream, 16 kHz: while nobody speaks only the pre-roll, during an utterance all of it. Positions
 * are samples since the stream's start.
 */
export class UtteranceAudio {
  #samples = new Int16Array(32_000)
  #length = 0
  /** Position of the first sample that is held. */
  #first = 0
  #voicedEnd = 0

  /** Position after the newest sample. */
  get end(): number {
    return this.#first + this.#length
  }

  get heldSamples(): number {
    return this.#length
  }

  /** Position after the last voiced sample. */
  get voicedEnd(): number {
    return this.#voicedEnd
  }

  append(pcm: Int16Array): void {
    if (this.#length + pcm.length > this.#samples.length) {
      const larger = new Int16Array(Math.max(2 * this.#samples.length, this.#length + pcm.length))
      larger.set(this.#samples.subarray(0, this.#length))
      this.#samples = larger
    }
    this.#samples.set(pcm, this.#length)
    this.#length += pcm.length
  }

  markVoiced(): void {
    this.#voicedEnd = this.end
  }

  /** A copy for a worker: from the pre-roll to a little after the last voiced sample. */
  copy(): Int16Array<ArrayBuffer> {
    return this.#samples.slice(0, this.#trimmedLength())
  }

  /** Position up to which {@link copy} reaches. */
  get copiedEnd(): number {
    return this.#first + this.#trimmedLength()
  }

  /** Nobody speaks: keep what may be the beginning of the next utterance. */
  keepPreRoll(): void {
    this.#drop(Math.max(0, this.#length - preRollSamples))
    if (this.#samples.length > 32_000) this.#samples = this.#samples.slice(0, 32_000)
  }

  /**
   * Takes the utterance up to its quietest place of the last two seconds out, and leaves the rest as the
   * beginning of the next one.
   */
  cut(): Int16Array<ArrayBuffer> {
    const from = Math.max(0, this.#length - cutSearchSamples)
    let quietest = this.#length
    let lowest = Number.POSITIVE_INFINITY
    for (let at = from; at + windowSamples <= this.#length; at += windowSamples) {
      let energy = 0
      for (let index = at; index < at + windowSamples; index += 1)
        energy += (this.#samples[index] ?? 0) ** 2
      if (energy >= lowest) continue
      lowest = energy
      quietest = at + windowSamples / 2
    }
    const said = this.#samples.slice(0, quietest)
    this.#drop(quietest)
    return said
  }

  #trimmedLength(): number {
    return Math.min(this.#length, Math.max(0, this.#voicedEnd + tailSamples - this.#first))
  }

  #drop(count: number): void {
    this.#samples.copyWithin(0, count, this.#length)
    this.#length -= count
    this.#first += count
  }
}

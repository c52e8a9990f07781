import { type AudioFrame, AudioSource } from '@livekit/rtc-node'
import { epochNow } from '@trunkline/runtime'

/** Follows what our track sounds like. Times are epoch milliseconds. */
export interface SoundListener {
  /** Samples that are heard from `at` on, unless they are cut. */
  given(pcm: Int16Array, audio: { sampleRateHz: number; at: number }): void
  /** What was given and lies after `at` is not heard. */
  cut(at: number): void
}

/** The room's audio source, which tells one listener what it plays and when. */
export class HeardSource extends AudioSource {
  #listener: SoundListener | undefined

  listen(listener: SoundListener): void {
    this.#listener = listener
  }

  override captureFrame(frame: AudioFrame): Promise<void> {
    const { data, sampleRate } = frame
    this.#listener?.given(data, { sampleRateHz: sampleRate, at: epochNow() + this.queuedDuration })
    return super.captureFrame(frame)
  }

  override clearQueue(): void {
    this.#listener?.cut(epochNow())
    super.clearQueue()
  }
}

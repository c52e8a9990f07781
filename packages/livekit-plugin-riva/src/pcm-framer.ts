export interface PcmFramerOptions {
  readonly sampleRateHz: number
  readonly frameMs: number
}

/** Cuts a stream of s16le mono bytes, in pieces of any length, into even frames. */
export class PcmFramer {
  #frame: Int16Array<ArrayBuffer>
  #bytes: Uint8Array
  #filled = 0

  constructor({ sampleRateHz, frameMs }: PcmFramerOptions) {
    this.#frame = new Int16Array(Math.round((sampleRateHz * frameMs) / 1000))
    this.#bytes = new Uint8Array(this.#frame.buffer)
  }

  /** The frames that are full now. */
  *push(bytes: Uint8Array): Generator<Int16Array> {
    let taken = 0
    while (taken < bytes.length) {
      const part = bytes.subarray(taken, taken + this.#bytes.length - this.#filled)
      this.#bytes.set(part, this.#filled)
      this.#filled += part.length
      taken += part.length
      if (this.#filled < this.#bytes.length) return
      yield this.#take()
    }
  }

  /** What is left, shorter than a frame; undefined if that is not even a sample. */
  flush(): Int16Array | undefined {
    const samples = this.#filled >> 1
    return samples === 0 ? undefined : this.#take().subarray(0, samples)
  }

  #take(): Int16Array {
    const frame = this.#frame
    this.#frame = new Int16Array(frame.length)
    this.#bytes = new Uint8Array(this.#frame.buffer)
    this.#filled = 0
    return frame
  }
}

import { RivaError } from '@trunkline/riva'

/** What goes to the server next: audio, or the wish that the utterance end here. */
export type FeedItem =
  | { readonly kind: 'audio'; readonly bytes: Uint8Array }
  | { readonly kind: 'flush' }

/** One connection's way through the feed. */
export interface FeedReader extends AsyncIterable<FeedItem> {
  /** Where it began, in ms since the feed began. */
  readonly startMs: number
  /** Ms of audio handed over so far, counted from `startMs`. */
  readonly sentMs: number
  /** True once everything up to the end of the input was handed over. */
  readonly isDrained: boolean
  /** Aborted with a `stalled` RivaError when the server took nothing for so long that unsent audio was dropped. */
  readonly stalled: AbortSignal
  close(): void
}

export interface AudioFeedOptions {
  readonly sampleRateHz: number
  readonly chunkMs: number
  /** Audio kept for a later connection; what is older is lost. */
  readonly maxBufferedMs: number
  /** Time without a frame after which silence is put in its place. */
  readonly quietMs: number
  /** Monotonic ms. */
  readonly now: () => number
}

interface Chunk {
  readonly startSample: number
  readonly endSample: number
  readonly item: FeedItem
}

/**
 * Audio on its way to the recogniser: cut into even chunks, kept in step with the clock by silence,
 * and kept until a final transcript covers it, so that the next connection can begin there.
 * One reader at a time.
 */
export class AudioFeed {
  readonly #options: AudioFeedOptions
  readonly #chunks: Chunk[] = []
  /** Number of the first chunk in `#chunks`, counted since the feed began. */
  #firstIndex = 0
  #carry: Int16Array
  #carried = 0
  #position = 0
  #sent = 0
  #committed = 0
  #startedAtMs: number
  #lastPushAtMs: number
  #isEnded = false
  #reader: Reader | undefined

  constructor(options: AudioFeedOptions) {
    this.#options = options
    this.#carry = new Int16Array(this.#toSamples(options.chunkMs))
    this.#startedAtMs = options.now()
    this.#lastPushAtMs = this.#startedAtMs
  }

  get isEnded(): boolean {
    return this.#isEnded
  }

  /** Ms of audio and silence so far. */
  get positionMs(): number {
    return (this.#position * 1000) / this.#options.sampleRateHz
  }

  /** Takes mono samples of the feed's rate; they are copied. */
  push(samples: Int16Array): void {
    this.#lastPushAtMs = this.#options.now()
    this.#append(samples)
  }

  /** Ends the utterance here, on this connection or the next. */
  flush(): void {
    this.#cut()
    this.#add({ startSample: this.#position, endSample: this.#position, item: { kind: 'flush' } })
  }

  /** Puts silence where audio is missing, so that the server stays awake and offsets stay true. */
  fillSilence(): void {
    const { now, quietMs, maxBufferedMs } = this.#options
    const nowMs = now()
    if (this.#isEnded || nowMs - this.#lastPushAtMs < quietMs) return
    let missing = this.#toSamples(nowMs - this.#startedAtMs) - this.#position
    const most = this.#toSamples(maxBufferedMs)
    if (missing > most) {
      // The process slept. Nobody needs that much silence; the clock starts behind it.
      this.#startedAtMs += ((missing - most) * 1000) / this.#options.sampleRateHz
      missing = most
    }
    if (missing > 0) this.#append(new Int16Array(missing))
  }

  /** No more input: the reader ends after what is left. */
  end(): void {
    this.#cut()
    this.#isEnded = true
    this.#reader?.wake()
  }

  /** Audio up to here is in a final transcript, or held no speech: it is never sent again. */
  commit(positionMs: number): void {
    const sample = Math.min(this.#toSamples(positionMs), this.#sent)
    this.#committed = Math.max(this.#committed, sample)
    while (this.#chunks[0] && this.#chunks[0].endSample <= this.#committed) {
      if (this.#reader && this.#reader.index <= this.#firstIndex) break
      this.#dropFirst()
    }
  }

  /** A reader from where the audio is not committed. It replaces the reader before it. */
  open(): FeedReader {
    this.#reader?.close()
    const first = this.#chunks[0]?.startSample ?? this.#position - this.#carried
    const start = Math.max(this.#committed, first)
    const skipped = this.#chunks.findIndex(({ endSample }) => endSample > start)
    const index = this.#firstIndex + (skipped === -1 ? this.#chunks.length : skipped)
    this.#reader = new Reader({
      index,
      startSample: start,
      samplesPerMs: this.#options.sampleRateHz / 1000,
      chunkAt: (wanted) => this.#chunks[wanted - this.#firstIndex],
      isEnded: () => this.#isEnded,
      onSent: (sample) => {
        this.#sent = Math.max(this.#sent, sample)
      },
    })
    return this.#reader
  }

  #append(samples: Int16Array): void {
    let taken = 0
    while (taken < samples.length) {
      const part = samples.subarray(taken, taken + this.#carry.length - this.#carried)
      this.#carry.set(part, this.#carried)
      this.#carried += part.length
      this.#position += part.length
      taken += part.length
      if (this.#carried === this.#carry.length) this.#cut()
    }
  }

  #cut(): void {
    if (this.#carried === 0) return
    const bytes = new Uint8Array(this.#carry.buffer, 0, this.#carried * 2)
    const startSample = this.#position - this.#carried
    this.#carry = new Int16Array(this.#carry.length)
    this.#carried = 0
    this.#add({ startSample, endSample: this.#position, item: { kind: 'audio', bytes } })
  }

  #add(chunk: Chunk): void {
    this.#chunks.push(chunk)
    const oldest = this.#position - this.#toSamples(this.#options.maxBufferedMs)
    while (this.#chunks[0] && this.#chunks[0].startSample < oldest) {
      if (this.#reader && this.#reader.index <= this.#firstIndex) this.#reader.stall()
      this.#dropFirst()
    }
    this.#reader?.wake()
  }

  #dropFirst(): void {
    this.#chunks.shift()
    this.#firstIndex += 1
  }

  #toSamples(ms: number): number {
    return Math.round((ms * this.#options.sampleRateHz) / 1000)
  }
}

interface ReaderSource {
  readonly index: number
  readonly startSample: number
  readonly samplesPerMs: number
  readonly chunkAt: (index: number) => Chunk | undefined
  readonly isEnded: () => boolean
  readonly onSent: (sample: number) => void
}

class Reader implements FeedReader {
  readonly #source: ReaderSource
  #index: number
  #sentSample: number
  #state: 'open' | 'drained' | 'closed' = 'open'
  readonly #stalling = new AbortController()
  #wake: (() => void) | undefined

  constructor(source: ReaderSource) {
    this.#source = source
    this.#index = source.index
    this.#sentSample = source.startSample
  }

  /** Number of the chunk that is handed over next. */
  get index(): number {
    return this.#index
  }

  get startMs(): number {
    return this.#source.startSample / this.#source.samplesPerMs
  }

  get sentMs(): number {
    return (this.#sentSample - this.#source.startSample) / this.#source.samplesPerMs
  }

  get isDrained(): boolean {
    return this.#state === 'drained'
  }

  wake(): void {
    this.#wake?.()
    this.#wake = undefined
  }

  close(): void {
    if (this.#state === 'open') this.#state = 'closed'
    this.wake()
  }

  get stalled(): AbortSignal {
    return this.#stalling.signal
  }

  stall(): void {
    this.#stalling.abort(new RivaError({ code: 'stalled', retryable: true }))
    this.close()
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<FeedItem> {
    for (;;) {
      if (this.#state !== 'open') return
      const chunk = this.#source.chunkAt(this.#index)
      if (chunk) {
        this.#index += 1
        const item = this.#fromStart(chunk)
        this.#sentSample = Math.max(this.#sentSample, chunk.endSample)
        this.#source.onSent(this.#sentSample)
        yield item
      } else if (this.#source.isEnded()) {
        this.#state = 'drained'
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
      }
    }
  }

  /** The first chunk may begin before the reader does. */
  #fromStart({ startSample, item }: Chunk): FeedItem {
    const skipped = this.#source.startSample - startSample
    if (item.kind !== 'audio' || skipped <= 0) return item
    return { kind: 'audio', bytes: item.bytes.subarray(skipped * 2) }
  }
}

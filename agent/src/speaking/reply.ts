import { ReadableStream, type ReadableStreamDefaultController } from 'node:stream/web'
import type { AudioFrame } from '@livekit/rtc-node'
import type { Logger } from '@trunkline/telemetry'
import { createDeferred } from '../deferred.ts'
import { frameSamples } from './frames.ts'
import { TracedFrame } from './playout.ts'
import { Sentence } from './sentence.ts'
import { type SpokenText, type Synthesizer, speechSampleRateHz } from './synthesizer.ts'

export interface ReplyDeps {
  readonly synthesizer: Pick<Synthesizer, 'synthesize'>
  readonly logger: Logger
}

/** Told as it happens, in the order of playing. */
export interface ReplyListener {
  sentenceStarted(sentence: Sentence): void
  sentenceFinished(sentence: Sentence): void
  /** The session took the audio stream away: the caller interrupted. */
  calledOff(): void
}

export interface NewSentence extends SpokenText {
  readonly index: number
  readonly interruptible: boolean
}

/** All that is said to one turn: sentences that arrive one by one, played as one speech. */
export class Reply {
  readonly turnId: string
  readonly text: ReadableStream<string>
  readonly audio: ReadableStream<AudioFrame>
  readonly #deps: ReplyDeps
  readonly #abort = new AbortController()
  readonly #sentences: Sentence[] = []
  readonly #started = new Set<Sentence>()
  readonly #finished = new Set<Sentence>()
  #listener: ReplyListener | undefined
  #interrupted: () => boolean = () => false
  #captions: ReadableStreamDefaultController<string> | undefined
  #ended = false
  #changed = createDeferred<void>()

  constructor(turnId: string, deps: ReplyDeps) {
    this.turnId = turnId
    this.#deps = deps
    this.text = new ReadableStream<string>({
      start: (controller) => {
        this.#captions = controller
      },
      cancel: () => {
        this.#captions = undefined
      },
    })
    const frames = this.#frames()
    this.audio = new ReadableStream<AudioFrame>(
      {
        pull: async (controller) => {
          const { done, value } = await frames.next()
          if (!done) return controller.enqueue(value)
          this.#captions?.close()
          this.#captions = undefined
          if (!this.#abort.signal.aborted) controller.close()
        },
        cancel: () => this.#listener?.calledOff(),
      },
      { highWaterMark: 0 },
    )
  }

  get sentences(): readonly Sentence[] {
    return this.#sentences
  }

  /** `interrupted` tells whether the session has called this speech off. */
  listen(listener: ReplyListener, interrupted: () => boolean): void {
    this.#listener = listener
    this.#interrupted = interrupted
  }

  /** Its audio is requested at once, and played after that of the sentences before. */
  add(sentence: NewSentence): void {
    if (this.#ended) return
    const signal = this.#abort.signal
    this.#sentences.push(new Sentence({ ...sentence, ...this.#deps, signal }))
    this.#notify()
  }

  /** No more sentences will come. */
  end(): void {
    this.#ended = true
    this.#notify()
  }

  /** Ends requests and frames at once. */
  abort(): void {
    this.#abort.abort()
    this.end()
  }

  heard(): string {
    return this.#sentences
      .map((sentence) => sentence.heard())
      .filter((words) => words !== '')
      .join(' ')
  }

  async *#frames(): AsyncGenerator<AudioFrame> {
    for (let index = 0; ; index += 1) {
      while (index >= this.#sentences.length && !this.#ended) await this.#changed.promise
      const sentence = this.#sentences[index]
      if (!sentence || this.#abort.signal.aborted) return
      let first = true
      for await (const samples of sentence.frames()) {
        if (this.#abort.signal.aborted) return
        if (first) this.#captions?.enqueue(index === 0 ? sentence.text : ` ${sentence.text}`)
        yield this.#trace(samples, sentence)
        first = false
      }
      if (this.#abort.signal.aborted) return
      this.#finishIfOver(sentence)
    }
  }

  #trace(samples: Int16Array, sentence: Sentence): AudioFrame {
    const isInterrupted = () => this.#interrupted()
    const given = () => {
      if (this.#started.has(sentence)) return // given again after a pause
      this.#started.add(sentence)
      this.#listener?.sentenceStarted(sentence)
    }
    const played = () => {
      sentence.countPlayed()
      this.#finishIfOver(sentence)
    }
    return new SpokenFrame(samples, { isInterrupted, given, played })
  }

  #finishIfOver(sentence: Sentence): void {
    if (!sentence.over || this.#finished.has(sentence)) return
    this.#finished.add(sentence)
    this.#listener?.sentenceFinished(sentence)
  }

  #notify(): void {
    this.#changed.resolve()
    this.#changed = createDeferred<void>()
  }
}

interface FrameTrace {
  isInterrupted(): boolean
  given(): void
  played(): void
}

class SpokenFrame extends TracedFrame {
  readonly #trace: FrameTrace

  constructor(samples: Int16Array, trace: FrameTrace) {
    super(samples, speechSampleRateHz, 1, frameSamples)
    this.#trace = trace
  }

  override get calledOff(): boolean {
    return this.#trace.isInterrupted()
  }

  override given(): void {
    this.#trace.given()
  }

  override played(): void {
    this.#trace.played()
  }
}

import type { Logger } from '@trunkline/telemetry'
import { createDeferred } from '../deferred.ts'

import { Sentence } from './sentence.ts'
import type { Speech, SpeechFrame } from './speech.ts'
import type { SpokenText, Synthesizer } from './synthesizer.ts'

export interface ReplyDeps {
  readonly synthesizer: Pick<Synthesizer, 'synthesize'>
  readonly logger: Logger
}

/** Told as it happens, in the order of playing. */
export interface ReplyListener {
  sentenceStarted(sentence: Sentence): void
  sentenceFinished(sentence: Sentence): void
  /** More of it was heard; `heard()` says what. */
  progressed(): void
  /** It was played to its end. */
  over(): void
}

export interface NewSentence extends SpokenText {
  readonly index: number
  readonly interruptible: boolean
  /** The part of the text until whose end it is not interruptible all the same. */
  readonly mustHear?: string | undefined
}

/** All that is said to one turn: sentences that arrive one by one, played as one speech. */
export class Reply implements Speech {
  readonly turnId: string
  readonly #deps: ReplyDeps
  readonly #sentences: Sentence[] = []
  readonly #finished = new Set<Sentence>()
  #current: Sentence | undefined
  #listener: ReplyListener | undefined
  #ended = false
  #isAborted = false
  #isCut = false
  #changed = createDeferred<void>()

  constructor(turnId: string, deps: ReplyDeps) {
    this.turnId = turnId
    this.#deps = deps
  }

  get sentences(): readonly Sentence[] {
    return this.#sentences
  }

  /** Whether the sentence that is being said, or will be said first, may be interrupted. */
  get isInterruptible(): boolean {
    return (this.#current ?? this.#sentences[0])?.interruptible ?? true
  }

  listen(listener: ReplyListener): void {
    this.#listener = listener
  }

  /** Its audio is requested at once, and played after that of the sentences before. */
  add(sentence: NewSentence): void {
    if (this.#ended) return
    this.#sentences.push(new Sentence({ ...sentence, ...this.#deps }))
    this.#notify()
  }

  /** No more sentences will come. */
  end(): void {
    this.#ended = true
    this.#notify()
  }

  /** Ends requests and frames at once. */
  abort(): void {
    this.#isAborted = true
    this.#cut(this.#sentences)
    this.end()
  }

  /** Cuts off what comes before the next sentence that must be heard; false when there is none: nothing is done. */
  cutToWhatMustBeHeard(): boolean {
    const now = this.#current ? this.#sentences.indexOf(this.#current) : 0
    const next = this.#sentences.findIndex(
      ({ interruptible, over }, index) => index >= now && !interruptible && !over,
    )
    if (next === -1) return false
    this.#cut(this.#sentences.slice(0, next))
    return true
  }

  /** Some of it was cut off. */
  get isCut(): boolean {
    return this.#isCut
  }

  over(): void {
    this.#listener?.over()
  }

  heard(): string {
    return this.#sentences
      .map((sentence) => sentence.heard())
      .filter((words) => words !== '')
      .join(' ')
  }

  async *frames(): AsyncGenerator<SpeechFrame> {
    for (let index = 0; ; index += 1) {
      while (index >= this.#sentences.length && !this.#ended) await this.#changed.promise
      const sentence = this.#sentences[index]
      if (!sentence || this.#isAborted) return
      let startsSentence = true
      for await (const samples of sentence.frames()) {
        yield this.#trace(samples, sentence, startsSentence)
        startsSentence = false
      }
      if (!sentence.isCut) this.#finishIfOver(sentence)
    }
  }

  #trace(samples: Int16Array, sentence: Sentence, startsSentence: boolean): SpeechFrame {
    return {
      samples,
      startsSentence,
      text: sentence.text,
      get isInterruptible() {
        return sentence.interruptible
      },
      isCut: () => sentence.isCut,
      given: () => {
        if (!startsSentence) return
        this.#current = sentence
        this.#listener?.sentenceStarted(sentence)
      },
      played: () => {
        sentence.countPlayed()
        this.#listener?.progressed()
        this.#finishIfOver(sentence)
      },
    }
  }

  #cut(sentences: readonly Sentence[]): void {
    for (const sentence of sentences) {
      sentence.cut()
      if (this.#finished.has(sentence)) continue
      this.#isCut = true
      if (sentence.playedMs > 0) this.#finish(sentence)
    }
  }

  #finishIfOver(sentence: Sentence): void {
    if (sentence.over && !this.#finished.has(sentence)) this.#finish(sentence)
  }

  #finish(sentence: Sentence): void {
    this.#finished.add(sentence)
    this.#listener?.sentenceFinished(sentence)
  }

  #notify(): void {
    this.#changed.resolve()
    this.#changed = createDeferred<void>()
  }
}

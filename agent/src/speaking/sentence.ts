import type { Logger } from '@trunkline/telemetry'
import { type SpeechError, toSpeechError } from '../errors.ts'
import { frameMs, toFrames } from './frames.ts'
import { type ReadAhead, readAhead } from './read-ahead.ts'
import { type SpokenText, type Synthesizer, speechSampleRateHz } from './synthesizer.ts'
import { wordsHeard } from './words-heard.ts'

const bytesPerMs = (speechSampleRateHz * 2) / 1000
/** Audio of one sentence held ahead of its playing. */
const maxAheadMs = 30_000
/** What a character takes to be spoken, for sentences whose length is not known; English reads at 14 to 17 a second. */
const msPerCharacter = 65
/** Characters do not all last equally long. */
const mustHearSlackMs = 300

export interface SentenceOptions extends SpokenText {
  readonly index: number
  readonly interruptible: boolean
  readonly mustHear?: string | undefined
  readonly synthesizer: Pick<Synthesizer, 'synthesize'>
  readonly logger: Logger
}

/** One sentence: its audio, requested at once, and how much of it has been played. */
export class Sentence {
  readonly index: number
  readonly text: string
  /** When it was handed over by the orchestrator, on `performance.now()`'s clock. */
  readonly receivedAt = performance.now()
  readonly #options: Pick<SentenceOptions, 'interruptible' | 'mustHear'>
  readonly #language: string
  readonly #abort = new AbortController()
  readonly #logger: Logger
  readonly #synthesis: Promise<void>
  #audio: ReadAhead | undefined
  #error: SpeechError | undefined
  #firstByteMs = 0
  #firstPcmAt: number | undefined
  #cached = false
  /** Audio in front of its own. */
  #leadMs = 0
  #created = 0
  #played = 0
  #whole = false

  constructor(options: SentenceOptions) {
    this.index = options.index
    this.text = options.text
    this.#options = options
    this.#language = options.language
    this.#logger = options.logger
    this.#synthesis = this.#request(options)
  }

  /** Whether it may be cut off now: not before what must be heard of it was played. */
  get interruptible(): boolean {
    return this.#options.interruptible && (this.over || this.#spokenMs() >= this.#mustHearMs())
  }

  /** Nothing more of it is to be heard. */
  get isCut(): boolean {
    return this.#abort.signal.aborted
  }

  /** Ends its request and its frames at once. */
  cut(): void {
    this.#abort.abort()
  }

  /** Request to first byte, in milliseconds. */
  get firstByteMs(): number {
    return this.#firstByteMs
  }

  /** When its first audio was there, on `performance.now()`'s clock. */
  get firstPcmAt(): number | undefined {
    return this.#firstPcmAt
  }

  get cached(): boolean {
    return this.#cached
  }

  get playedMs(): number {
    return this.#played * frameMs
  }

  /** True when nothing of it is left to be played, be it because it failed. */
  get over(): boolean {
    return this.#whole && this.#played >= this.#created
  }

  /** Frames of 20 ms; ends early, and says so in the log, when the tts-router fails. */
  async *frames(): AsyncGenerator<Int16Array> {
    await this.#synthesis
    try {
      if (this.#audio) {
        for await (const frame of toFrames(this.#audio)) {
          if (this.isCut) return
          this.#created += 1
          yield frame
        }
      }
    } catch (error) {
      if (this.isCut) return
      this.#fail(error)
    }
    // Not on a return from outside: then more of it was to come.
    this.#whole = true
  }

  countPlayed(): void {
    this.#played += 1
  }

  /** The words of it that were really played. */
  heard(): string {
    const playedMs = this.#spokenMs()
    if (playedMs === 0) return ''
    if (this.over && !this.#error) return this.text
    return wordsHeard(this.text, {
      playedMs,
      totalMs: this.#totalMs(),
      language: this.#language,
    })
  }

  #mustHearMs(): number {
    const { mustHear = '' } = this.#options
    const at = this.text.indexOf(mustHear)
    if (mustHear === '' || at === -1) return 0
    return ((at + mustHear.length) / this.text.length) * this.#totalMs() + mustHearSlackMs
  }

  /** Of its own audio, what was played; the last frame may be filled up with silence. */
  #spokenMs(): number {
    return Math.min(Math.max(0, this.playedMs - this.#leadMs), this.#arrivedMs())
  }

  #arrivedMs(): number {
    return Math.max(0, (this.#audio?.bytes ?? 0) / bytesPerMs - this.#leadMs)
  }

  #totalMs(): number {
    const arrivedMs = this.#arrivedMs()
    if (this.#audio?.complete && !this.#error) return arrivedMs
    return Math.max(arrivedMs, this.text.length * msPerCharacter)
  }

  async #request(options: SentenceOptions): Promise<void> {
    const { text, language, voice, cache, synthesizer } = options
    const { signal } = this.#abort
    try {
      const synthesis = await synthesizer.synthesize({ text, language, voice, cache }, { signal })
      this.#firstByteMs = synthesis.firstByteMs
      this.#firstPcmAt = performance.now()
      this.#cached = synthesis.cached
      this.#leadMs = (synthesis.leadBytes ?? 0) / bytesPerMs
      this.#audio = readAhead(synthesis.pcm, { maxBytes: maxAheadMs * bytesPerMs })
    } catch (error) {
      if (!signal.aborted) this.#fail(error)
    }
  }

  #fail(error: unknown): void {
    this.#error = toSpeechError(error)
    this.#logger.warn(
      { err: this.#error, code: this.#error.code, index: this.index },
      'sentence was not spoken to its end',
    )
  }
}

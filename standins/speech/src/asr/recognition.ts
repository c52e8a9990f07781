import { untilDeclared } from '../declared-delay.ts'
import { modelRateHz } from './audio-decoder.ts'
import { Endpointing, type EndpointingSettings } from './endpointing.ts'
import type { AsrEngines } from './engines.ts'
import type { WordBoost } from './phrase-trie.ts'
import { Snapshots } from './snapshots.ts'
import type { Transcription } from './transcription.ts'
import { UtteranceAudio } from './utterance.ts'
import { createVoiceState, windowSamples } from './voice-activity.ts'

/** What was understood, in the order it was said. */
export type RecognitionEvent =
  | {
      readonly kind: 'interim'
      readonly text: string
      /** Above 0; 1 when the utterance is probably over. */
      readonly stability: number
      readonly audioProcessedSeconds: number
    }
  | {
      readonly kind: 'final'
      readonly text: string
      /** Mean probability of a token, 0–1. */
      readonly confidence: number
      readonly audioProcessedSeconds: number
      /** From the decision that the utterance is over to its text. */
      readonly latencyMs: number
      readonly isForced: boolean
    }
  /** The answer to a forced end when nothing was said. */
  | { readonly kind: 'nothing'; readonly audioProcessedSeconds: number }

export interface RecognitionOptions {
  readonly engines: AsrEngines
  readonly endpointing: EndpointingSettings
  readonly boosts: readonly WordBoost[]
  readonly interimResults: boolean
  /** From the decision that an utterance is over to its text, at least; 0 by default. */
  readonly finalMs?: number
  readonly emit: (event: RecognitionEvent) => void
  /** An engine failed: the stream cannot go on. */
  readonly onError: (error: unknown) => void
  readonly signal: AbortSignal
}

/** Finals that may be under way before more audio is read: bounds what a fast sender keeps in memory. */
const maxPendingFinals = 2

/** One stream: 16 kHz audio in, events out. Calls must not overlap. */
export class Recognition {
  readonly #options: RecognitionOptions
  readonly #endpointing: Endpointing
  readonly #audio = new UtteranceAudio()
  readonly #snapshots: Snapshots
  #voiceState = createVoiceState()
  /** Samples that do not fill a window yet. */
  #rest = new Int16Array()
  #finals: Promise<void> = Promise.resolve()
  #pendingFinals = 0

  constructor(options: RecognitionOptions) {
    this.#options = options
    this.#endpointing = new Endpointing(options.endpointing)
    this.#snapshots = new Snapshots({ ...options, audio: this.#audio })
  }

  async accept(pcm: Int16Array): Promise<void> {
    const joined = join(this.#rest, pcm)
    const whole = joined.length - (joined.length % windowSamples)
    this.#rest = joined.slice(whole)
    if (whole === 0) return
    const windows = joined.subarray(0, whole)
    const { engines, signal } = this.#options
    const { probabilities, state } = await engines.detect(
      { pcm: windows, state: this.#voiceState },
      { signal },
    )
    this.#voiceState = state
    for (const [index, probability] of probabilities.entries()) {
      this.#audio.append(windows.subarray(index * windowSamples, (index + 1) * windowSamples))
      this.#step(probability)
    }
    while (this.#pendingFinals > maxPendingFinals) await this.#finals
  }

  /** Ends the utterance now, answering with its text, or with `nothing`. */
  forceEnd(): void {
    this.#audio.append(this.#rest)
    this.#rest = new Int16Array()
    if (this.#endpointing.isSpeaking) {
      this.#end({ isForced: true })
      return
    }
    this.#endpointing.reset()
    const audioProcessedSeconds = this.#audio.end / modelRateHz
    this.#inOrder(async () => () => this.#options.emit({ kind: 'nothing', audioProcessedSeconds }))
  }

  /** No more audio comes: ends the utterance and waits for all that is under way. */
  async finish(): Promise<void> {
    this.#audio.append(this.#rest)
    this.#rest = new Int16Array()
    if (this.#endpointing.isSpeaking) this.#end({ isForced: false })
    await this.#finals
  }

  #step(probability: number): void {
    const signal = this.#endpointing.next(probability)
    switch (signal) {
      case 'silence':
        this.#audio.keepPreRoll()
        return
      case 'start':
        this.#audio.markVoiced()
        this.#snapshots.begin()
        return
      case 'voiced':
        this.#audio.markVoiced()
        this.#snapshots.whileVoiced()
        return
      case 'gap':
        this.#snapshots.whileSilent(this.#endpointing.silentMs)
        return
      case 'pause':
        this.#snapshots.announcePause()
        return
      case 'end':
        this.#end({ isForced: false })
        return
      case 'cut':
        this.#cut()
        return
      default: {
        const unknown: never = signal
        throw new Error(`unknown signal ${String(unknown)}`)
      }
    }
  }

  #end({ isForced }: { isForced: boolean }): void {
    const finished = this.#snapshots.finish()
    this.#final({ ...finished, pcm: this.#audio.copy(), end: this.#audio.copiedEnd, isForced })
    this.#endpointing.reset()
    this.#audio.keepPreRoll()
  }

  #cut(): void {
    const { draft, hadInterim } = this.#snapshots.finish()
    const pcm = this.#audio.cut()
    const rest = this.#audio.heldSamples
    const end = this.#audio.end - rest
    this.#final({ draft, hadInterim, ready: undefined, pcm, end, isForced: false })
    this.#endpointing.continueAfterCut((1_000 * rest) / modelRateHz)
    this.#snapshots.begin()
  }

  #final({ pcm, end, ready, draft, hadInterim, isForced }: FinalRequest): void {
    const { engines, boosts, signal, emit, finalMs = 0 } = this.#options
    const decidedAt = performance.now()
    this.#inOrder(async () => {
      const transcription =
        (await ready) ??
        (await engines.transcribe({ pcm, draft, boosts }, { signal, isInterim: false }))
      await untilDeclared(decidedAt, { ms: finalMs, signal })
      return () => {
        const audioProcessedSeconds = end / modelRateHz
        if (transcription.text === '' && isForced) emit({ kind: 'nothing', audioProcessedSeconds })
        // Noise that was taken for speech; a client that has seen an interim needs to know it is void.
        if (transcription.text === '' && (isForced || !hadInterim)) return
        emit({
          kind: 'final',
          text: transcription.text,
          confidence: Math.exp(transcription.logProbability),
          audioProcessedSeconds,
          latencyMs: performance.now() - decidedAt,
          isForced,
        })
      }
    })
  }

  /** Starts `work` now and runs what it resolves to after everything before it. */
  #inOrder(work: () => Promise<() => void>): void {
    const before = this.#finals
    this.#pendingFinals += 1
    const started = work()
    this.#finals = (async () => {
      try {
        const [tell] = await Promise.all([started, before])
        tell()
      } catch (error) {
        this.#options.onError(error)
      } finally {
        this.#pendingFinals -= 1
      }
    })()
  }
}

interface FinalRequest {
  readonly pcm: Int16Array
  /** Position in the stream, in samples. */
  readonly end: number
  /** The result of an interim that already covers all of it. */
  readonly ready: Promise<Transcription | undefined> | undefined
  readonly draft: readonly number[]
  readonly hadInterim: boolean
  readonly isForced: boolean
}

function join(left: Int16Array, right: Int16Array): Int16Array<ArrayBuffer> {
  const joined = new Int16Array(left.length + right.length)
  joined.set(left)
  joined.set(right, left.length)
  return joined
}

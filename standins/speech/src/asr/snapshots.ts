import { withSignals } from '@trunkline/runtime'
import { SpeechError } from '../errors.ts'
import { modelRateHz } from './audio-decoder.ts'
import type { RecognitionEvent, RecognitionOptions } from './recognition.ts'
import { sharedPrefix } from './shared-prefix.ts'
import type { Transcription } from './transcription.ts'
import type { UtteranceAudio } from './utterance.ts'

/** Audio between two interims. */
const intervalSamples = 0.4 * modelRateHz
/** Silence after which the whole utterance is transcribed once, so that its final is ready when it ends. */
const settledMs = 160
/** A result counts for the final when it has heard this much silence after the last word. */
const minTailSamples = 0.09 * modelRateHz

interface Snapshot {
  /** Where the last voiced sample was. */
  readonly voicedEnd: number
  /** Where the audio that was sent ended. */
  readonly end: number
  readonly controller: AbortController
  readonly promise: Promise<Transcription | undefined>
  result: Transcription | undefined
  isRunning: boolean
}

type SnapshotOptions = Pick<
  RecognitionOptions,
  'engines' | 'boosts' | 'interimResults' | 'emit' | 'onError' | 'signal'
> & { readonly audio: UtteranceAudio }

/** Transcriptions of the utterance so far: interims for the client, and a head start for its final. */
export class Snapshots {
  readonly #options: SnapshotOptions
  #newest: Snapshot | undefined
  #isUnderWay = false
  #mayStartAt = 0
  #draft: readonly number[] = []
  #told: string | undefined
  #isPauseAnnounced = false

  constructor(options: SnapshotOptions) {
    this.#options = options
  }

  begin(): void {
    this.#newest = undefined
    this.#isUnderWay = true
    this.#draft = []
    this.#told = undefined
    this.#isPauseAnnounced = false
  }

  whileVoiced(): void {
    this.#isPauseAnnounced = false
    if (!this.#options.interimResults || performance.now() < this.#mayStartAt) return
    const { audio } = this.#options
    if (this.#newest && audio.end - this.#newest.end < intervalSamples) return
    this.#start()
  }

  whileSilent(silentMs: number): void {
    if (silentMs >= settledMs && !this.#covers(this.#newest)) this.#start()
  }

  /** The client wants to know that the utterance is probably over: tells it now, or as soon as the text is there. */
  announcePause(): void {
    this.#isPauseAnnounced = true
    const newest = this.#newest
    if (newest && this.#covers(newest) && newest.result) this.#tell(newest.result, newest.end, 1)
    else this.whileSilent(settledMs)
  }

  /** The utterance is over: what is known of it. */
  finish(): {
    readonly ready: Promise<Transcription | undefined> | undefined
    readonly draft: readonly number[]
    readonly hadInterim: boolean
  } {
    this.#isUnderWay = false
    const newest = this.#newest
    const isCovered = this.#covers(newest)
    if (newest && !isCovered) {
      newest.controller.abort(new SpeechError('preempted', 'the utterance has ended'))
    }
    return {
      ready: isCovered ? newest?.promise : undefined,
      draft: this.#draft,
      hadInterim: this.#told !== undefined,
    }
  }

  #covers(snapshot: Snapshot | undefined): boolean {
    if (!snapshot) return false
    const { audio } = this.#options
    return (
      snapshot.voicedEnd === audio.voicedEnd && snapshot.end - audio.voicedEnd >= minTailSamples
    )
  }

  #start(): void {
    const { engines, audio, boosts, signal, onError } = this.#options
    if (this.#newest?.isRunning || !engines.isIdle) return
    const controller = new AbortController()
    const job = { pcm: audio.copy(), draft: this.#draft, boosts }
    const transcribe = async () => {
      try {
        return await withSignals([signal, controller.signal], {}, (joined) =>
          engines.transcribe(job, { signal: joined, isInterim: true }),
        )
      } catch (error) {
        if (error instanceof SpeechError && error.code === 'preempted') return undefined
        if (!signal.aborted) onError(error)
        return undefined
      }
    }
    const snapshot: Snapshot = {
      voicedEnd: audio.voicedEnd,
      end: audio.copiedEnd,
      controller,
      promise: transcribe().then((result) => {
        snapshot.isRunning = false
        if (result) this.#receive(snapshot, result)
        else if (this.#newest === snapshot) this.#newest = undefined
        return result
      }),
      result: undefined,
      isRunning: true,
    }
    this.#newest = snapshot
  }

  #receive(snapshot: Snapshot, result: Transcription): void {
    // At most half of a core goes into interims of one stream, however slow the machine is.
    this.#mayStartAt = performance.now() + result.computeMs
    if (!this.#isUnderWay || this.#newest !== snapshot) return
    snapshot.result = result
    const stability = stabilityOf(this.#draft, result.tokens)
    this.#draft = result.tokens
    if (this.#isPauseAnnounced && this.#covers(snapshot)) this.#tell(result, snapshot.end, 1)
    else this.#tell(result, snapshot.end, stability)
  }

  #tell({ text }: Transcription, end: number, stability: number): void {
    if (!this.#options.interimResults || text === '') return
    if (text === this.#told && stability < 1) return
    this.#told = text
    const event: RecognitionEvent = {
      kind: 'interim',
      text,
      stability,
      audioProcessedSeconds: end / modelRateHz,
    }
    this.#options.emit(event)
  }
}

/** How much of a result was there before: 0.1 (nothing) to 0.9 (all of it). 1 is for a pause, 0 means unset. */
function stabilityOf(before: readonly number[], now: readonly number[]): number {
  return 0.1 + (0.8 * sharedPrefix(before, now)) / Math.max(1, now.length)
}

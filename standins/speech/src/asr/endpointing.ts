import { windowMs } from './voice-activity.ts'

export interface EndpointingSettings {
  /** Speech as long as this starts an utterance. */
  readonly startMs: number
  readonly startThreshold: number
  /** Silence as long as this ends it. */
  readonly stopMs: number
  readonly stopThreshold: number
  /** Silence after which the utterance is probably over, when the caller asked to be told. */
  readonly pauseMs: number | undefined
  /** An utterance this long ends at the next short pause, */
  readonly softLimitMs: number
  /** and one this long at once. */
  readonly hardLimitMs: number
}

export const defaultEndpointing: EndpointingSettings = {
  startMs: 64,
  startThreshold: 0.5,
  stopMs: 800,
  stopThreshold: 0.35,
  pauseMs: undefined,
  softLimitMs: 14_000,
  hardLimitMs: 20_000,
}

/** A gap between words that is good enough to cut a long utterance at. */
const shortPauseMs = 160

export type EndpointingSignal =
  /** Nobody speaks. */
  | 'silence'
  /** The utterance has just been recognised as one; it began `startMs` ago. */
  | 'start'
  | 'voiced'
  /** Silence inside the utterance. */
  | 'gap'
  /** The silence has just become as long as `pauseMs`. */
  | 'pause'
  | 'end'
  /** The utterance is too long and nothing in it is good to cut at. */
  | 'cut'

/** Decides window by window where utterances begin and end. Pure but for what it remembers. */
export class Endpointing {
  readonly #settings: EndpointingSettings
  #isSpeaking = false
  #voicedMs = 0
  #silentMs = 0
  #lengthMs = 0

  constructor(settings: EndpointingSettings) {
    this.#settings = settings
  }

  get isSpeaking(): boolean {
    return this.#isSpeaking
  }

  /** Milliseconds since the last voiced window of the utterance. */
  get silentMs(): number {
    return this.#silentMs
  }

  next(probability: number): EndpointingSignal {
    const { startMs, startThreshold, stopThreshold } = this.#settings
    if (this.#isSpeaking) return this.#inside(probability >= stopThreshold)
    this.#voicedMs = probability >= startThreshold ? this.#voicedMs + windowMs : 0
    if (this.#voicedMs === 0 || this.#voicedMs < startMs) return 'silence'
    this.#isSpeaking = true
    this.#lengthMs = this.#voicedMs
    this.#silentMs = 0
    return 'start'
  }

  /** After a cut: the next utterance is under way and this long. */
  continueAfterCut(lengthMs: number): void {
    this.#lengthMs = lengthMs
  }

  /** Starts over: the utterance has ended, or was ended from outside. */
  reset(): void {
    this.#isSpeaking = false
    this.#voicedMs = 0
    this.#silentMs = 0
    this.#lengthMs = 0
  }

  #inside(isVoiced: boolean): EndpointingSignal {
    const { stopMs, pauseMs, softLimitMs, hardLimitMs } = this.#settings
    const before = this.#silentMs
    this.#lengthMs += windowMs
    this.#silentMs = isVoiced ? 0 : before + windowMs
    const isPause = this.#silentMs >= shortPauseMs
    if (this.#silentMs >= stopMs || (this.#lengthMs >= softLimitMs && isPause)) return 'end'
    if (this.#lengthMs >= hardLimitMs) return 'cut'
    if (isVoiced) return 'voiced'
    if (pauseMs !== undefined && before < pauseMs && this.#silentMs >= pauseMs) return 'pause'
    return 'gap'
  }
}

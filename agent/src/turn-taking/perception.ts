import type { Expectation } from './expectation.ts'
import type { Why } from './rule.ts'

/**
 * What turn-taking perceives, in the order of `at`. All times are milliseconds on one monotonic clock
 * (`performance.now()` in a call, the corpus' own in a replay).
 */
export type Perception =
  | VoiceWindow
  /** The recogniser's guess of everything since its last final; `stability` as Riva gives it, 0 to 1. */
  | {
      readonly type: 'interim'
      readonly at: number
      readonly text: string
      readonly stability: number
      /** The recogniser has heard the audio up to this moment (Riva's `audio_processed`); absent: not known. */
      readonly heardUntil?: number | undefined
    }
  | {
      readonly type: 'final'
      readonly at: number
      readonly text: string
      readonly confidence: number
      readonly heardUntil?: number | undefined
    }
  /** The end-of-turn model's answer to a `predict`. */
  | {
      readonly type: 'end-of-turn'
      readonly at: number
      readonly askedAt: number
      readonly probability: number
      /** The model's own for the language. */
      readonly threshold: number
    }
  /** Our own voice: told whenever it begins, ends, or changes whether it may be interrupted. */
  | {
      readonly type: 'own-voice'
      readonly at: number
      readonly isSpeaking: boolean
      readonly isInterruptible: boolean
      /** What is being said, to know our own words by when they come back. */
      readonly text?: string | undefined
    }
  | { readonly type: 'expect'; readonly at: number; readonly expect: Expectation }
  /** The caller's own device says that they speak (`CANCEL_TTS`), or a key says so (DTMF that interrupts). */
  | { readonly type: 'cut-in'; readonly at: number; readonly by: 'cancel-tts' | 'dtmf' }
  /** The caller is gone: nothing more is decided, whatever finals still come. */
  | { readonly type: 'left'; readonly at: number }
  /** The wake-up that the last step asked for. */
  | { readonly type: 'time'; readonly at: number }

/** One window of the caller's audio as the VAD has seen it: 512 samples at 16 kHz, 32 ms, ending at `at`. */
export interface VoiceWindow {
  readonly type: 'window'
  readonly at: number
  /** Of speech, 0 to 1, by the VAD. */
  readonly probability: number
  /** Mean power in dB below full scale, for example −32. */
  readonly levelDb: number
  /** Share of the window's power that is our own voice come back, 0 to 1. Source: the echo guard. */
  readonly echo: number
}

/** What turn-taking wants done. */
export type Command =
  /** The caller is heard to speak since `onsetAt`. Told to the orchestrator. */
  | { readonly type: 'speech-start'; readonly onsetAt: number }
  /** The last voiced sample was at `endedAt`. */
  | { readonly type: 'speech-end'; readonly endedAt: number; readonly speechMs: number }
  /** Our voice goes down by 20 dB or more within a frame, and plays on or stands still there. */
  | { readonly type: 'duck' }
  /** It was nothing: our voice goes on at a word boundary, with no loss. */
  | { readonly type: 'restore' }
  /** It was meant: our voice stops for good, the turn is cancelled everywhere. */
  | { readonly type: 'interrupt' }
  /** Ask the end-of-turn model about the audio up to now. */
  | { readonly type: 'predict' }
  /** Ask the recogniser for the final of what was said so far (`force_eou`). */
  | { readonly type: 'flush' }
  /** The turn has probably ended: send it as speculative. A second one supersedes the first. */
  | { readonly type: 'speculate'; readonly text: string; readonly confidence: number }
  /** It had not: what was sent as speculative is dropped. */
  | { readonly type: 'drop' }
  /** The turn is over. When `text` is what was speculated, that is confirmed. */
  | {
      readonly type: 'commit'
      readonly text: string
      readonly confidence: number
      readonly endedAt: number
      readonly reason: 'model' | 'silence' | 'max-delay' | 'complete'
      readonly probability?: number
    }

/** What follows from one perception. */
export interface Step<State> {
  readonly state: State
  readonly commands: readonly Command[]
  /** Call again with `time` at this moment, unless something else is perceived before. */
  readonly wakeAt?: number
  /** For the trace. */
  readonly why: Why
}

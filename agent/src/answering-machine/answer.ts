/** Who, or what, took the call that we placed. `unknown`: nothing told them apart in time. */
export type AnsweredBy = 'human' | 'machine' | 'ivr' | 'unknown'

/** A stretch of the callee's voice by VAD; without an end it goes on. Milliseconds since the answer. */
export interface VoiceSpan {
  readonly startMs: number
  readonly endMs?: number
}

/** Words by the recogniser; an interim stands until the next interim or final of its place comes. */
export interface HeardWords {
  readonly atMs: number
  readonly text: string
  readonly isFinal: boolean
}

/** A pure tone that is over. */
export interface Beep {
  readonly startMs: number
  readonly endMs: number
  readonly hertz: number
}

/** All that the callee's side has let us hear since the answer, in order of time. */
export interface HeardAnswer {
  readonly voice: readonly VoiceSpan[]
  readonly words: readonly HeardWords[]
  readonly beeps: readonly Beep[]
}

/** Which rule decided, for the trace. */
export type AnswerWhy =
  | 'beep'
  | 'machine-words'
  | 'ivr-words'
  | 'human-words'
  | 'short-and-silent'
  | 'said-and-silent'
  | 'talks-on'
  | 'half-machine-words'
  | 'time-is-up'

export interface AnswerVerdict {
  readonly by: AnsweredBy
  readonly atMs: number
  readonly why: AnswerWhy
  /** What the rules looked at; no words. */
  readonly trace: {
    readonly voicedMs: number
    readonly silentMs: number
    readonly utterances: number
    readonly words: number
  }
}

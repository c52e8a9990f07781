/**
 * What callers of one language say in the corpus. A bar is a pause inside the turn. Of every list the entries at even
 * places are for tuning, those at odd places for measuring.
 */
export interface CorpusTexts {
  /** Sentences with pauses for thought: after half a phrase, and where the sentence could have ended. */
  readonly thinking: readonly string[]
  readonly whole: readonly string[]
  /** Plain answers to a yes-no question. */
  readonly answers: readonly string[]
  /** Spelled in groups of letters. */
  readonly names: readonly string[]
  readonly digits: readonly string[]
  readonly dates: readonly string[]
  readonly fillers: readonly string[]
  /** Said while we speak, and no reason to stop. */
  readonly backchannels: readonly string[]
  /** Said while we speak, one word, and meant. */
  readonly stops: readonly string[]
  /** Said while we speak, and meant. */
  readonly interruptions: readonly string[]
  /** What we say ourselves, for echoes. */
  readonly own: readonly string[]
}

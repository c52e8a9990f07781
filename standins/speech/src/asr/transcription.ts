import type { WordBoost } from './phrase-trie.ts'

/** What is sent to an ASR worker. */
export interface TranscriptionJob {
  /** 16 kHz mono, one utterance. */
  readonly pcm: Int16Array
  /** Tokens of an earlier result for the beginning of the same utterance; they only make it faster. */
  readonly draft: readonly number[]
  /** Words that the caller probably says. */
  readonly boosts: readonly WordBoost[]
}

/** What it answers. */
export interface Transcription {
  /** Trimmed; empty when the model heard nothing, or only went round in circles. */
  readonly text: string
  readonly tokens: readonly number[]
  /** Mean over the tokens of the natural logarithm of the probability, 0 or less. */
  readonly logProbability: number
  /** Milliseconds the worker spent. */
  readonly computeMs: number
}

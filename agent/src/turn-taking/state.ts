import { type Completeness, readCompleteness } from './completeness.ts'
import type { Prediction } from './end-of-turn.ts'
import type { Expectation } from './expectation.ts'
import { type Meaning, readMeaning } from './meaning.ts'
import { noPatienceYet, type Patience } from './patience.ts'
import type { TurnTakingProfile } from './profile.ts'
import { nothingSaid, type Said, textOf } from './said.ts'
import { type CallerVoice, silentVoice } from './voice.ts'

/** Our voice, and what the caller's has done to it. */
export type Overlap =
  | { readonly kind: 'none' }
  /** It is down since then, and waits for what the caller's sound turns out to be. */
  | { readonly kind: 'ducked'; readonly since: number }
  /** It has been told to stop, and has not stopped yet. */
  | { readonly kind: 'interrupted' }

export interface OwnVoice {
  readonly isSpeaking: boolean
  readonly isInterruptible: boolean
  readonly since: number
  /** When it last ended. */
  readonly until: number
  /** Words of what we are saying, or have said last. */
  readonly words: readonly string[]
}

/** Silence after the caller's speech. */
export interface Pause {
  readonly startedAt: number
  /** How often the model was asked in it, and when last. */
  readonly asked: number
  readonly askedAt: number
  readonly prediction: Prediction | undefined
  readonly flushedAt: number | undefined
}

/** The turn under way. */
export interface OpenTurn {
  /** The caller was heard since the last turn. */
  readonly hasVoice: boolean
  /** Our voice was heard since the last turn. */
  readonly hasReply: boolean
  readonly speculated: string | undefined
  readonly speculations: number
}

/** Everything the decision rests on. Plain data: it can be kept, compared and replayed. */
export interface TurnTakingState {
  readonly voice: CallerVoice
  readonly said: Said
  /** What `said` amounts to. */
  readonly reading: Reading
  readonly own: OwnVoice
  readonly overlap: Overlap
  readonly pause: Pause | undefined
  readonly turn: OpenTurn
  readonly lastCommitAt: number
  readonly expect: Expectation
  readonly patience: Patience
  readonly hasLeft: boolean
}

export interface Reading {
  readonly text: string
  readonly meaning: Meaning
  readonly completeness: Completeness
}

const nothingRead: Reading = { text: '', meaning: { kind: 'nothing' }, completeness: 'open' }

export const newTurn: OpenTurn = {
  hasVoice: false,
  hasReply: false,
  speculated: undefined,
  speculations: 0,
}

/** The state a call begins in. */
export const silence: TurnTakingState = {
  voice: silentVoice,
  said: nothingSaid,
  reading: nothingRead,
  own: { isSpeaking: false, isInterruptible: true, since: 0, until: 0, words: [] },
  overlap: { kind: 'none' },
  pause: undefined,
  turn: newTurn,
  lastCommitAt: Number.NEGATIVE_INFINITY,
  expect: 'free',
  patience: noPatienceYet,
  hasLeft: false,
}

/** With other words or another expectation, and what they amount to. */
export function withWords(
  state: TurnTakingState,
  change: { readonly said?: Said; readonly expect?: Expectation },
  { vocabulary }: TurnTakingProfile,
): TurnTakingState {
  const { said = state.said, expect = state.expect } = change
  const text = textOf(said)
  if (text === state.reading.text && expect === state.expect) return { ...state, said }
  const reading =
    text === ''
      ? nothingRead
      : {
          text,
          meaning: readMeaning(text, vocabulary),
          completeness: readCompleteness(text, { expect, vocabulary }),
        }
  return { ...state, said, expect, reading }
}

export function pauseFrom(startedAt: number): Pause {
  return { startedAt, asked: 0, askedAt: 0, prediction: undefined, flushedAt: undefined }
}

import type { Command } from './perception.ts'
import type { TurnTakingProfile } from './profile.ts'
import type { TurnTakingState } from './state.ts'

/** Why a step did what it did, or did nothing. */
export type Why =
  | 'the caller has left'
  | 'nothing to decide'
  | 'the caller speaks'
  | 'the caller may go on'
  | 'asks for the words'
  | 'asks the model'
  | 'waits for the model'
  | 'waits for the words'
  | 'waits: sounds unfinished'
  | 'waits: dictates'
  | 'waits: the model doubts'
  | 'waits the shortest silence'
  | 'waits for our own line'
  | 'late words wait for the caller'
  | 'likely over: speculates'
  | 'goes on: drops'
  | 'over: answered'
  | 'over: all was said'
  | 'over: the model is sure'
  | 'over: silence'
  | 'over: waited long enough'
  | 'speech over our voice: ducks'
  | 'ducked: what is it'
  | 'meant: words'
  | 'meant: stop'
  | 'meant: goes on speaking'
  | 'meant: cut in'
  | 'not meant: backchannel'
  | 'not meant: no words'
  | 'not meant: noise'
  | 'our line must be heard'
  | 'our voice has ended'
  | 'stops already'

/** What one rule makes of a moment. */
export interface Outcome {
  readonly state: TurnTakingState
  readonly commands: readonly Command[]
  readonly why?: Why
  /** Earliest moment at which the rule would do something else, if nothing is perceived before. */
  readonly wakeAt?: number | undefined
}

export type Rule = (state: TurnTakingState, at: number, profile: TurnTakingProfile) => Outcome

import type { Completeness } from './completeness.ts'
import type { Command } from './perception.ts'
import type { TurnTakingProfile } from './profile.ts'

export interface Prediction {
  readonly probability: number
  readonly threshold: number
}

export interface Evidence {
  readonly completeness: Completeness
  readonly prediction: Prediction | undefined
  /** The caller's own pauses, by `toFactor`. */
  readonly patience: number
}

export interface Verdict {
  /** Silence after the last voiced window until the turn is over. */
  readonly delayMs: number
  /** That the turn is over, 0 to 1. */
  readonly probability: number
  readonly reason: Extract<Command, { type: 'commit' }>['reason']
}

/** Odds that a turn is over, by its words alone. */
const oddsByWords: Readonly<Record<Exclude<Completeness, 'answer' | 'dictating'>, number>> = {
  whole: 20,
  closed: 50,
  question: 20,
  plain: 1.7,
  open: 0.1,
}
/** How much the model's odds count, of which its threshold for the language is the middle. */
const modelWeight = 0.3
/** Doubt counts more than by its share: a cut-off is worse than a wait. */
const doubtWeight = 1.1
/** A line that waits longer when it is sure waits longer when it doubts, by this share of its longest delay. */
const shareByMin = 0.6
const usualMinMs = 300

/** The words' odds and the model's, taken as independent, say how likely the end is; doubt is waited for. */
export function weigh(
  { completeness, prediction, patience }: Evidence,
  profile: TurnTakingProfile,
): Verdict {
  const { minEndpointingDelayMs: min, maxEndpointingDelayMs: max, dictationPauseMs } = profile
  const reason = toReason(completeness, prediction)
  if (completeness === 'answer') return { delayMs: 0, probability: 1, reason }
  const byModel = prediction
    ? (toOdds(prediction.probability) / toOdds(prediction.threshold)) ** modelWeight
    : 1
  if (completeness === 'dictating') {
    const ownMs = dictationPauseMs * patience
    const pauseMs = Math.max(ownMs, Math.min(max, ownMs * toShare(min)))
    return { delayMs: Math.round(Math.max(min, pauseMs)), probability: 0.2, reason }
  }
  const odds = oddsByWords[completeness] * byModel
  const probability = odds / (1 + odds)
  const doubtMs = max * toShare(min) * (1 - probability) ** doubtWeight
  const delayMs = (min + doubtMs) * patience
  const bounded = Math.min(Math.max(min, max), Math.max(min, delayMs))
  return { delayMs: Math.round(bounded), probability, reason }
}

/** Of the longest waits, for a line that waits `minMs` when it is sure. */
function toShare(minMs: number): number {
  return 1 - shareByMin + (shareByMin * minMs) / usualMinMs
}

function toOdds(probability: number): number {
  const bounded = Math.min(0.98, Math.max(0.02, probability))
  return bounded / (1 - bounded)
}

function toReason(
  completeness: Completeness,
  prediction: Prediction | undefined,
): Verdict['reason'] {
  if (completeness === 'answer' || completeness === 'whole') return 'complete'
  if (!prediction) return 'silence'
  if (prediction.probability >= prediction.threshold) return 'model'
  return completeness === 'closed' ? 'complete' : 'max-delay'
}

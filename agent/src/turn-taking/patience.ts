import type { TurnTakingProfile } from './profile.ts'

/** How long this caller pauses inside their turns, learned from the call itself. */
export interface Patience {
  /** Exponential mean; undefined until enough pauses were heard. */
  readonly meanPauseMs: number | undefined
  readonly pauses: number
}

export const noPatienceYet: Patience = { meanPauseMs: undefined, pauses: 0 }

const weightOfNewest = 0.3
const fewestPauses = 2
/** What the delays are made for. */
const usualPauseMs = 500
const [leastFactor, mostFactor] = [0.9, 1.5]
/** Between words of any speaker; nothing is learned from it. */
const shortestPauseMs = 200
/** After it the caller began anew. */
const longestPauseMs = 3000

/** The caller has paused this long and gone on. */
export function learnPause(patience: Patience, pauseMs: number): Patience {
  if (pauseMs < shortestPauseMs || pauseMs > longestPauseMs) return patience
  const mean = patience.meanPauseMs ?? pauseMs
  return {
    meanPauseMs: mean + weightOfNewest * (pauseMs - mean),
    pauses: patience.pauses + 1,
  }
}

/** What delays are multiplied with for this caller. */
export function toFactor(
  { meanPauseMs, pauses }: Patience,
  { adaptToCaller }: Pick<TurnTakingProfile, 'adaptToCaller'>,
): number {
  if (!adaptToCaller || meanPauseMs === undefined || pauses < fewestPauses) return 1
  return Math.min(mostFactor, Math.max(leastFactor, meanPauseMs / usualPauseMs))
}

import type { Features } from './features.ts'
import { modelThresholds } from './replay.ts'
import { findVadSilences, modelAskedMs, vadSilenceMs } from './vad-silences.ts'

/** A detector by itself, as agents-js runs it: its VAD's rules, the model's threshold and longest delay. */
export type Baseline = 'v1-mini' | 'vad'

/** agents-js with an audio turn detector: 300 and 2500. */
const longestDelayMs = 2500

/** When it decides that a turn is over, with `delayMs` of silence where it is sure. Words are not waited for. */
export function decideAlone(
  features: Features,
  { by, delayMs }: { by: Baseline; delayMs: number },
): number[] {
  const decided: number[] = []
  for (const { fromMs, toMs } of findVadSilences(features.speech)) {
    const lengthMs = toMs - fromMs
    const wanted = Math.max(
      vadSilenceMs,
      by === 'vad' ? delayMs : delayOf(features, fromMs, delayMs),
    )
    if (lengthMs >= wanted) decided.push(fromMs + wanted)
  }
  return decided
}

function delayOf({ aloneAnswers, spec }: Features, fromMs: number, delayMs: number): number {
  const asked = aloneAnswers.find(({ at }) => at === fromMs + modelAskedMs)
  const isSure = asked !== undefined && asked.perMille / 1000 >= modelThresholds[spec.language]
  return isSure ? delayMs : Math.max(delayMs, longestDelayMs)
}

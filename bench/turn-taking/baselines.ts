import type { Features } from './features.ts'
import { modelThresholds } from './replay.ts'
import { windowMs } from './windows.ts'

/** A detector by itself, as agents-js runs it: its VAD's rules, the model's threshold and longest delay. */
export type Baseline = 'v1-mini' | 'vad'

const [activation, deactivation] = [500, 350]
const leastSpeechMs = 50
const vadSilenceMs = 250
/** agents-js with an audio turn detector: 300 and 2500. */
const longestDelayMs = 2500
const nearMs = 120

/** When it decides that a turn is over, with `delayMs` of silence where it is sure. Words are not waited for. */
export function decideAlone(
  features: Features,
  { by, delayMs }: { by: Baseline; delayMs: number },
): number[] {
  const decided: number[] = []
  for (const { fromMs, toMs } of findSilences(features.speech)) {
    const lengthMs = toMs - fromMs
    const wanted = Math.max(
      vadSilenceMs,
      by === 'vad' ? delayMs : delayOf(features, fromMs, delayMs),
    )
    if (lengthMs >= wanted) decided.push(fromMs + wanted)
  }
  return decided
}

function delayOf({ predictions, spec }: Features, fromMs: number, delayMs: number): number {
  const asked = predictions.find(({ at }) => Math.abs(at - (fromMs + 200)) <= nearMs)
  const isSure = asked !== undefined && asked.perMille / 1000 >= modelThresholds[spec.language]
  return isSure ? delayMs : Math.max(delayMs, longestDelayMs)
}

/** Silences after speech, by the VAD with agents-js' hysteresis; the last one goes on after the audio. */
function findSilences(speech: readonly number[]): readonly { fromMs: number; toMs: number }[] {
  const silences: { fromMs: number; toMs: number }[] = []
  let isSpeaking = false
  let speechMs = 0
  let silentFrom: number | undefined
  for (const [index, perMille] of speech.entries()) {
    const isVoiced = perMille >= activation || (isSpeaking && perMille > deactivation)
    if (isVoiced) {
      speechMs += windowMs
      if (silentFrom !== undefined && speechMs >= leastSpeechMs) {
        silences.push({ fromMs: silentFrom, toMs: index * windowMs })
        silentFrom = undefined
      }
      if (speechMs >= leastSpeechMs) isSpeaking = true
    } else {
      if (isSpeaking && silentFrom === undefined) silentFrom = index * windowMs
      speechMs = 0
      if (silentFrom !== undefined && (index + 1) * windowMs - silentFrom >= vadSilenceMs)
        isSpeaking = false
    }
  }
  if (silentFrom !== undefined)
    silences.push({ fromMs: silentFrom, toMs: Number.POSITIVE_INFINITY })
  return silences
}

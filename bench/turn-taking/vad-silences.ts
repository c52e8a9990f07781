import type { Features } from './features.ts'
import { windowMs } from './windows.ts'

/** Per mille of speech, in agents-js' VAD. */
const [activation, deactivation] = [500, 350]
const leastSpeechMs = 50
/** From this silence on agents-js' VAD says that speech is over. */
export const vadSilenceMs = 250
/** Silence at which the model is asked that is used alone: what it is made for. */
export const modelAskedMs = 200

/** When the model is asked that is used alone. */
export function findAloneMoments({ spec, speech }: Pick<Features, 'spec' | 'speech'>): number[] {
  if (spec.kind !== 'turn') return []
  return findVadSilences(speech).flatMap(({ fromMs, toMs }) =>
    toMs - fromMs >= modelAskedMs ? [fromMs + modelAskedMs] : [],
  )
}

/** Silences after speech, by the VAD with agents-js' hysteresis; the last one goes on after the audio. */
export function findVadSilences(
  speech: readonly number[],
): readonly { fromMs: number; toMs: number }[] {
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

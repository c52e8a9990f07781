import { askAtMs } from '../../agent/src/turn-taking/turn.ts'
import { hearWindow, silentVoice } from '../../agent/src/turn-taking/voice.ts'
import type { Features, ModelAnswer } from './features.ts'
import { findAloneMoments } from './vad-silences.ts'
import { type Windows, windowAt, windowMs } from './windows.ts'

/** When the model is asked: in the pauses of the caller's voice as turn-taking hears them, and not while we speak. */
export function findAskedMoments({
  spec,
  ...windows
}: Windows & Pick<Features, 'spec'>): readonly number[] {
  if (spec.kind !== 'turn') return []
  const moments: number[] = []
  let voice = silentVoice
  let pauseAt: number | undefined
  for (const index of windows.speech.keys()) {
    const at = (index + 1) * windowMs
    voice = hearWindow(voice, windowAt(windows, index))
    if (voice.isSpeaking) pauseAt = voice.streak > 0 ? undefined : voice.voicedUntil
    if (pauseAt === undefined) continue
    for (const ms of askAtMs) {
      const ask = pauseAt + ms
      if (ask > at - windowMs && ask <= at) moments.push(ask)
    }
  }
  return moments
}

/** Its answers are those to what turn-taking asks today: its idea of a pause may have changed since. */
export function hasCurrentAnswers(features: Features): boolean {
  const { predictions, aloneAnswers } = features
  return (
    areAnswered(findAskedMoments(features), predictions) &&
    areAnswered(findAloneMoments(features), aloneAnswers)
  )
}

function areAnswered(moments: readonly number[], answers: readonly ModelAnswer[]): boolean {
  return moments.length === answers.length && moments.every((at, i) => answers[i]?.at === at)
}

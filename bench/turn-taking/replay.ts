import type { Command, Perception } from '../../agent/src/turn-taking/perception.ts'
import type { TurnTakingProfile } from '../../agent/src/turn-taking/profile.ts'
import { silence } from '../../agent/src/turn-taking/state.ts'
import { step } from '../../agent/src/turn-taking/step.ts'
import type { Features } from './features.ts'
import { createRandom } from './random.ts'
import { createRecognizer } from './recognizer.ts'
import { ownMs } from './render.ts'
import type { SpokenWord } from './speak.ts'
import { windowAt, windowMs } from './windows.ts'

export type TimedCommand = Command & { readonly at: number }

export interface ReplayOptions {
  readonly profile: TurnTakingProfile
  readonly wordErrorRate: number
}

/** What the end-of-turn model takes to answer. */
const modelMs = 50
/** An answer computed this close to the moment of asking stands for it. */
const nearMs = 100
/** Our voice stops this long after it was told to. */
const stopMs = 60
/** Thresholds of v1-mini: agents-js, src/inference/eot/languages.ts. */
export const modelThresholds = { en: 0.36, de: 0.245, fr: 0.285, es: 0.35, it: 0.23 } as const
/** Recognisers make words of noise now and then. */
const inventedShare = 0.05

/** Plays a case to the decision in virtual time, and the recogniser and the model to its commands. */
export function replay(
  features: Features,
  { profile, wordErrorRate }: ReplayOptions,
): TimedCommand[] {
  const { spec, speech } = features
  const recognizer = createRecognizer({
    words: wordsOf(features),
    seed: spec.id,
    language: spec.language,
    wordErrorRate,
  })
  const threshold = modelThresholds[spec.language]
  const given: TimedCommand[] = []
  const coming: Perception[] = []
  let state = silence
  let wakeAt: number | undefined
  let now = 0

  const take = (perception: Perception) => {
    now = perception.at
    const next = step(state, perception, profile)
    state = next.state
    wakeAt = next.wakeAt
    for (const command of next.commands) {
      given.push({ ...command, at: now })
      if (command.type === 'flush') recognizer.flush(now)
      if (command.type === 'predict') schedule(coming, answer(features, now, threshold))
      if (command.type === 'interrupt') {
        schedule(coming, ownVoice(now + stopMs, false))
      }
    }
  }
  if (spec.kind === 'over') {
    coming.push(ownVoice(0, true, spec.ownText), ownVoice(ownMs, false))
  } else take({ type: 'expect', at: 0, expect: spec.expect })

  let window = 0
  while (window < speech.length) {
    const windowEnd = (window + 1) * windowMs
    const next = Math.min(
      windowEnd,
      recognizer.nextAt,
      coming[0]?.at ?? windowEnd,
      wakeAt ?? windowEnd,
    )
    if (coming[0] && coming[0].at <= next) {
      const perception = coming.shift()
      if (perception) take(perception)
    } else if (recognizer.nextAt <= next) {
      const heard = recognizer.hear(recognizer.nextAt)
      if (heard) take(heard)
    } else if (wakeAt !== undefined && wakeAt <= next && wakeAt < windowEnd) {
      take({ type: 'time', at: wakeAt })
    } else {
      take(windowAt(features, window))
      window += 1
    }
  }
  return given
}

function wordsOf({ spec, words, echoWords, sounds }: Features): readonly SpokenWord[] {
  if (spec.kind === 'turn' || words.length > 0) return words
  const random = createRandom(`invented ${spec.id}`)
  const [sound] = sounds
  if (sound && random.chance(inventedShare)) {
    return [{ text: 'the', startMs: sound.fromMs, endMs: sound.toMs }]
  }
  return echoWords
}

function ownVoice(at: number, isSpeaking: boolean, text?: string): Perception {
  return { type: 'own-voice', at, isSpeaking, isInterruptible: true, text }
}

function answer(
  { predictions }: Features,
  askedAt: number,
  threshold: number,
): Perception | undefined {
  const near = predictions.filter(({ at }) => Math.abs(at - askedAt) <= nearMs)
  const [nearest] = near.toSorted((a, b) => Math.abs(a.at - askedAt) - Math.abs(b.at - askedAt))
  if (!nearest) return undefined
  const probability = nearest.perMille / 1000
  return { type: 'end-of-turn', at: askedAt + modelMs, askedAt, probability, threshold }
}

function schedule(coming: Perception[], perception: Perception | undefined): void {
  if (!perception) return
  const later = coming.findIndex(({ at }) => at > perception.at)
  coming.splice(later < 0 ? coming.length : later, 0, perception)
}

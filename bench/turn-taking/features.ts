import { createRequire } from 'node:module'
import { levelDbfs } from '@trunkline/telephony'
import { findAskedMoments } from './asked-moments.ts'
import type { CaseSpec } from './plan.ts'
import { agentRateHz, type Rendered, render } from './render.ts'
import { lineRateHz, type SpokenWord } from './speak.ts'
import { findAloneMoments } from './vad-silences.ts'
import { windowMs } from './windows.ts'

export interface ModelAnswer {
  readonly at: number
  readonly perMille: number
}

/** What the decision sees of a case, computed once. Arrays have one entry a window of 32 ms. */
export interface Features {
  readonly spec: CaseSpec
  readonly words: readonly SpokenWord[]
  readonly sounds: readonly { readonly fromMs: number; readonly toMs: number }[]
  readonly echoWords: readonly SpokenWord[]
  /** Of speech, per mille. */
  readonly speech: readonly number[]
  readonly levelDb: readonly number[]
  /** Share of our own voice, per cent. */
  readonly echo: readonly number[]
  /** The end-of-turn model's answers, per mille, at the moments at which it is asked. */
  readonly predictions: readonly ModelAnswer[]
  /** The same, where agents-js would ask it: in the silences of the VAD. */
  readonly aloneAnswers: readonly ModelAnswer[]
}

const windowSamples = (windowMs * agentRateHz) / 1000
/** The model looks at this much, as agents-js gives it. */
const modelSamples = 1.2 * agentRateHz
/** A guard has to hear us before it knows our echo. */
const guardLearnsMs = 400

/** What `inference.VAD` and the end-of-turn runner of agents-js call, and they do nothing else to the audio. */
export interface Models {
  predict(pcm: Int16Array): Promise<number>
  createVad(): { predict(pcm: Int16Array): Promise<number> }
}

export function openModels(): Models {
  const fromAgents = createRequire(import.meta.resolve('@livekit/agents'))
  const models: Models = fromAgents('@livekit/local-inference')
  return models
}

export async function computeFeatures(
  spec: CaseSpec,
  { createVad, predict }: Models,
): Promise<Features> {
  const rendered = await render(spec)
  const { pcm, words, sounds, echoWords } = rendered
  const speech = await hearSpeech(pcm, createVad())
  const levelDb = speech.map((_, index) => {
    const level = levelDbfs(pcm.subarray(index * windowSamples, (index + 1) * windowSamples))
    return Math.round(Math.max(-99, level))
  })
  const echo = echoOf(rendered, speech.length)
  const ask = (moments: readonly number[]) => askModel(pcm, { moments, predict })
  const predictions = await ask(findAskedMoments({ spec, speech, levelDb, echo }))
  const aloneAnswers = await ask(findAloneMoments({ spec, speech }))
  return { spec, words, sounds, echoWords, speech, levelDb, echo, predictions, aloneAnswers }
}

async function askModel(
  pcm: Int16Array,
  { moments, predict }: { moments: readonly number[]; predict: Models['predict'] },
): Promise<ModelAnswer[]> {
  const answers: ModelAnswer[] = []
  for (const at of moments) {
    const end = Math.round((at * agentRateHz) / 1000)
    const probability = await predict(pcm.slice(Math.max(0, end - modelSamples), end))
    answers.push({ at, perMille: Math.round(probability * 1000) })
  }
  return answers
}

async function hearSpeech(
  pcm: Int16Array,
  vad: ReturnType<Models['createVad']>,
): Promise<number[]> {
  const speech: number[] = []
  for (let from = 0; from + windowSamples <= pcm.length; from += windowSamples) {
    const probability = await vad.predict(pcm.slice(from, from + windowSamples))
    speech.push(Math.round(probability * 1000))
  }
  return speech
}

/** Known exactly here, where the echo was made; a guard in a call estimates it. */
function echoOf({ echo, pcm }: Rendered, windows: number): number[] {
  const samples = (windowMs * lineRateHz) / 1000
  return Array.from({ length: windows }, (_, index) => {
    if (!echo || (index + 1) * windowMs < guardLearnsMs) return 0
    const whole =
      powerOf(pcm.subarray(index * windowSamples, (index + 1) * windowSamples)) / 32768 ** 2
    const ours = powerOf(echo.subarray(index * samples, (index + 1) * samples))
    return whole === 0 ? 0 : Math.round(100 * Math.min(1, ours / whole))
  })
}

function powerOf(samples: Int16Array | Float64Array): number {
  let sum = 0
  for (const value of samples) sum += value * value
  return samples.length === 0 ? 0 : sum / samples.length
}

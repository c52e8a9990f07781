import { decodeG711, encodeG711, levelDbfs, resample } from '@trunkline/telephony'
import type { CaseSpec, OverSpec, TurnSpec } from './plan.ts'
import { createRandom } from './random.ts'
import { makeSound, white } from './sounds.ts'
import { lineRateHz, type SpokenWord, speak } from './speak.ts'
import { textsOf } from './voices.ts'

/** What a case sounds like at the agent, and what is true of it; milliseconds from its beginning. */
export interface Rendered {
  /** 16 kHz, as a call's recogniser and VAD get it, after µ-law at 8 kHz. */
  readonly pcm: Int16Array
  readonly words: readonly SpokenWord[]
  /** Where the caller makes a sound; of a turn, one for each part. */
  readonly sounds: readonly { readonly fromMs: number; readonly toMs: number }[]
  /** Our words, as the recogniser would understand them where they come back. */
  readonly echoWords: readonly SpokenWord[]
  /** Our own voice as the caller's line gives it back, 8 kHz, without anything else. */
  readonly echo: Float64Array | undefined
  /** Our own voice as it was sent, 8 kHz. */
  readonly own: Float64Array | undefined
}

export const agentRateHz = 16_000
const leadMs = 400
/** After the end of a turn, longer than any decision takes. */
const tailMs = 2600
/** How long we speak where the caller speaks over us. */
export const ownMs = 6000
const ownLevelDb = -20
/** Echo that is this much softer than we are is not understood by a recogniser. */
const leastUnderstoodEchoDb = -22
const noiseLevelDb = {
  cough: -26,
  breath: -36,
  knock: -24,
  white: -38,
  pink: -34,
  hum: -36,
  babble: -42,
  typing: -34,
  music: -26,
}

export async function render(spec: CaseSpec): Promise<Rendered> {
  return spec.kind === 'turn' ? renderTurn(spec) : renderOver(spec)
}

async function renderTurn(spec: TurnSpec): Promise<Rendered> {
  const pieces: { pcm: Int16Array; atMs: number }[] = []
  const words: SpokenWord[] = []
  const sounds: { fromMs: number; toMs: number }[] = []
  let at = leadMs
  const speeches = await Promise.all(
    spec.parts.map(({ text }, index) =>
      speak(text, { voice: spec.voice, goesOn: index < spec.parts.length - 1 }),
    ),
  )
  for (const [index, spoken] of speeches.entries()) {
    const part = spec.parts[index]
    if (!part || spoken.pcm.length === 0) continue
    pieces.push({ pcm: spoken.pcm, atMs: at })
    words.push(...shift(spoken.words, at))
    const toMs = at + (spoken.pcm.length * 1000) / lineRateHz
    sounds.push({ fromMs: at, toMs })
    at = toMs + part.pauseMs
  }
  const mix = silence(at + tailMs)
  for (const { pcm, atMs } of pieces) add(mix, toFloat(pcm, spec.levelDb), atMs)
  addLineNoise(mix, spec)
  return { pcm: toAgent(mix), words, sounds, echoWords: [], echo: undefined, own: undefined }
}

async function renderOver(spec: OverSpec): Promise<Rendered> {
  const { sound, atMs, echo } = spec
  const mix = silence(ownMs + 1000)
  const made = await makeCallersSound(spec)
  add(mix, made.sound, atMs)
  const own = echo ? await speakOurselves(spec) : undefined
  const back = echo && own ? toEcho(own.sound, echo) : undefined
  if (back) add(mix, back, 0)
  addLineNoise(mix, spec)
  const isUnderstood = echo !== undefined && echo.gainDb >= leastUnderstoodEchoDb
  return {
    pcm: toAgent(mix),
    words: shift(made.words, atMs),
    sounds: sound.type === 'echo' ? [] : [{ fromMs: atMs, toMs: atMs + made.ms }],
    echoWords: isUnderstood && own ? shift(own.words, echo.delayMs) : [],
    echo: back,
    own: own?.sound,
  }
}

async function speakOurselves({
  ownText,
  ownVoice,
}: OverSpec): Promise<{ sound: Float64Array; words: readonly SpokenWord[] }> {
  const sound = silence(ownMs + 1000)
  const { pcm, words } = await speak(ownText, { voice: ownVoice, goesOn: false })
  add(sound, toFloat(pcm, ownLevelDb).subarray(0, (ownMs * lineRateHz) / 1000), 0)
  return { sound, words }
}

async function makeCallersSound(
  spec: OverSpec,
): Promise<{ sound: Float64Array; words: readonly SpokenWord[]; ms: number }> {
  const { sound, voice, language, levelDb } = spec
  switch (sound.type) {
    case 'echo':
      return { sound: new Float64Array(), words: [], ms: 0 }
    case 'noise': {
      const speech =
        sound.noise === 'babble'
          ? await Promise.all(
              textsOf[language].whole
                .slice(0, 4)
                .map(async (text) => (await speak(text, { voice, goesOn: false })).pcm),
            )
          : []
      const random = createRandom(spec.id)
      const made = makeSound(sound.noise, { ms: sound.ms, random, speech })
      const level = noiseLevelDb[sound.noise] + random.between(-6, 4)
      return { sound: toLevel(made, level), words: [], ms: sound.ms }
    }
    case 'backchannel':
    case 'stop':
    case 'interruption': {
      const { pcm, words } = await speak(sound.text, { voice, goesOn: false })
      return { sound: toFloat(pcm, levelDb), words, ms: (pcm.length * 1000) / lineRateHz }
    }
    default:
      sound satisfies never
      return { sound: new Float64Array(), words: [], ms: 0 }
  }
}

/** Through the air between a telephone's loudspeaker and its microphone: later, softer, duller, with one reflection. */
function toEcho(
  own: Float64Array,
  { delayMs, gainDb }: NonNullable<OverSpec['echo']>,
): Float64Array {
  const gain = 10 ** (gainDb / 20)
  const delay = Math.round((delayMs * lineRateHz) / 1000)
  const reflection = Math.round(0.011 * lineRateHz)
  let held = 0
  return Float64Array.from(own, (_, index) => {
    const direct = own[index - delay] ?? 0
    held += 0.6 * (direct + 0.35 * (own[index - delay - reflection] ?? 0) - held)
    return held * gain
  })
}

function toAgent(mix: Float64Array): Int16Array {
  const pcm = Int16Array.from(mix, (value) =>
    Math.max(-32767, Math.min(32767, Math.round(value * 32768))),
  )
  const onTheLine = decodeG711('PCMU', encodeG711('PCMU', pcm))
  return resample(onTheLine, { fromHz: lineRateHz, toHz: agentRateHz })
}

function addLineNoise(mix: Float64Array, { id, noiseDb }: CaseSpec): void {
  add(mix, toLevel(white(mix.length, createRandom(`line ${id}`)), noiseDb), 0)
}

function silence(ms: number): Float64Array {
  return new Float64Array(Math.round((ms * lineRateHz) / 1000))
}

function toFloat(pcm: Int16Array, levelDb: number): Float64Array {
  const gain = 10 ** ((levelDb - levelDbfs(pcm)) / 20) / 32768
  return Float64Array.from(pcm, (value) => value * gain)
}

function toLevel(sound: Float64Array, levelDb: number): Float64Array {
  const power = sound.reduce((sum, value) => sum + value * value, 0) / Math.max(1, sound.length)
  const gain = power === 0 ? 0 : 10 ** (levelDb / 20) / Math.sqrt(power)
  return sound.map((value) => value * gain)
}

function add(mix: Float64Array, sound: Float64Array, atMs: number): void {
  const from = Math.round((atMs * lineRateHz) / 1000)
  const length = Math.min(sound.length, mix.length - from)
  for (let index = 0; index < length; index += 1) {
    mix[from + index] = (mix[from + index] ?? 0) + (sound[index] ?? 0)
  }
}

function shift(words: readonly SpokenWord[], ms: number): readonly SpokenWord[] {
  return words.map(({ text, startMs, endMs }) => ({
    text,
    startMs: startMs + ms,
    endMs: endMs + ms,
  }))
}

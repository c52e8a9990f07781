import { type Stack, synthesizeHeaders, voiceList } from '@trunkline/contracts'
import { AudioEncoding, createRivaClients } from '@trunkline/riva'
import { resample } from '@trunkline/telephony'
import { CallFailure } from './call-failure.ts'

export interface CallerVoiceOptions {
  readonly language: string
  /** By default one that differs from the agent's: see {@link pickVoice}. */
  readonly voice: string | undefined
  readonly signal: AbortSignal
}

const synthesisRateHz = 24_000
const timeoutMs = 30_000

/**
 * Turns the caller's lines into 8 kHz audio before the call. It asks the speech server itself, so that a test call
 * leaves no trace in the tts-router's cache and figures; where that server is not open to us (TLS, a key), the
 * tts-router is asked, uncached.
 * @throws {CallFailure} `not-ready`
 */
export async function synthesizeCaller(
  stack: Stack,
  texts: readonly string[],
  options: CallerVoiceOptions,
): Promise<Int16Array[]> {
  if (texts.length === 0) return []
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(timeoutMs)])
  try {
    const voice = await chooseVoice(stack, options, signal)
    return await askRiva(stack, texts, voice, signal).catch(() => {
      signal.throwIfAborted()
      return askRouter(stack, texts, voice, signal)
    })
  } catch (cause) {
    options.signal.throwIfAborted()
    if (cause instanceof CallFailure) throw cause
    throw new CallFailure('not-ready', 'the caller’s voice cannot be made: no speech server', {
      cause,
    })
  }
}

export interface ChosenVoice {
  readonly name: string
  readonly language: string
}

async function chooseVoice(
  { urls }: Stack,
  { language, voice }: CallerVoiceOptions,
  signal: AbortSignal,
): Promise<ChosenVoice> {
  const response = await fetch(new URL('/voices', urls.ttsRouter), { signal })
  const { voices } = voiceList.parse(await response.json())
  const spoken = voices.filter((known) => primary(known.language) === primary(language))
  const chosen = voice === undefined ? pickVoice(spoken) : voices.find(({ name }) => name === voice)
  if (chosen) return chosen
  const names = (voice === undefined ? voices : spoken).map(({ name }) => name).join(', ')
  const what = voice === undefined ? `no voice speaks ${language}` : 'there is no such voice'
  throw new CallFailure('not-ready', `${what}; there are: ${names}`)
}

/**
 * The first voice of a language is the agents'. Another one of the same model that speaks another variety of it is
 * told apart best; else the next one.
 */
export function pickVoice(spoken: readonly ChosenVoice[]): ChosenVoice | undefined {
  const [first, second] = spoken
  const model = (name: string | undefined) => name?.split('.')[0]
  const other = spoken.find(
    ({ name, language }) => model(name) === model(first?.name) && language !== first?.language,
  )
  return other ?? second ?? first
}

function primary(tag: string): string | undefined {
  return tag.toLowerCase().split('-')[0]
}

async function askRiva(
  { urls }: Stack,
  texts: readonly string[],
  voice: ChosenVoice,
  signal: AbortSignal,
): Promise<Int16Array[]> {
  const clients = createRivaClients({ uri: urls.speechGrpc })
  try {
    const spoken: Int16Array[] = []
    for (const text of texts) {
      const { audio } = await clients.tts.synthesize(
        {
          text,
          languageCode: voice.language,
          encoding: AudioEncoding.LINEAR_PCM,
          sampleRateHz: synthesisRateHz,
          voiceName: voice.name,
        },
        { signal },
      )
      spoken.push(toPhone(audio, synthesisRateHz))
    }
    return spoken
  } finally {
    clients.close()
  }
}

async function askRouter(
  { urls }: Stack,
  texts: readonly string[],
  voice: ChosenVoice,
  signal: AbortSignal,
): Promise<Int16Array[]> {
  const spoken: Int16Array[] = []
  for (const text of texts) {
    const body = { text, language: voice.language, voice: voice.name, cache: false }
    const response = await fetch(new URL('/synthesize', urls.ttsRouter), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ ...body, sampleRateHz: synthesisRateHz }),
      signal,
    })
    if (!response.ok) throw new Error(`synthesize: status ${response.status}`)
    const rate = Number(response.headers.get(synthesizeHeaders.sampleRate) ?? synthesisRateHz)
    spoken.push(toPhone(new Uint8Array(await response.arrayBuffer()), rate))
  }
  return spoken
}

function toPhone(bytes: Uint8Array, fromHz: number): Int16Array {
  // A copy of its own: gRPC's bytes are a window on a shared pool, and samples must lie at even offsets.
  const whole = Uint8Array.from(bytes.subarray(0, bytes.length & ~1))
  return resample(new Int16Array(whole.buffer), { fromHz, toHz: 8000 })
}

import {
  AudioEncoding,
  type DeepPartial,
  type RivaSpeechSynthesisServiceImplementation,
  type SynthesizeSpeechRequest,
  type SynthesizeSpeechResponse,
} from '@trunkline/riva'
import { concatPcm } from '@trunkline/telephony'
import { untilDeclared } from '../declared-delay.ts'
import { SpeechError } from '../errors.ts'
import type { Metrics } from '../metrics.ts'
import { createAudioEncoder } from './audio-encoder.ts'
import type { Synthesis } from './synthesis.ts'
import { findVoice, type Voice } from './voices.ts'

const maxCharacters = 10_000
const minRateHz = 8_000
const maxRateHz = 48_000

/** Riva's synthesis service. */
export function createTtsRpc({
  synthesis,
  metrics,
  firstAudioMs,
}: {
  readonly synthesis: Synthesis
  readonly metrics: Metrics
  /** From a request to its first audio, at least. */
  readonly firstAudioMs: number
}): RivaSpeechSynthesisServiceImplementation {
  async function* speak(request: SynthesizeSpeechRequest, signal: AbortSignal) {
    const startedAt = performance.now()
    const voice = checkRequest(request, synthesis.voices)
    const encode = createAudioEncoder(request.encoding)
    let isFirst = true
    for await (const { pcm } of synthesis.stream({ ...request, voice }, { signal })) {
      if (pcm.length === 0) continue
      if (isFirst) await untilDeclared(startedAt, { ms: firstAudioMs, signal })
      if (isFirst) metrics.firstAudio(performance.now() - startedAt, { engine: voice.engine })
      const response: DeepPartial<SynthesizeSpeechResponse> = { audio: encode(pcm), id: request.id }
      if (isFirst) response.meta = { text: request.text, processedText: request.text }
      isFirst = false
      yield { response, pcm }
    }
  }

  return {
    async getRivaSynthesisConfig({ modelName }) {
      return {
        modelConfig: listModels(synthesis.voices).filter(
          (model) => modelName === '' || model.modelName === modelName,
        ),
      }
    },

    async synthesize(request, { signal }) {
      const pieces: Int16Array[] = []
      for await (const { pcm } of speak(
        { ...request, encoding: AudioEncoding.LINEAR_PCM },
        signal,
      )) {
        pieces.push(pcm)
      }
      return {
        audio: createAudioEncoder(request.encoding)(concatPcm(pieces)),
        meta: { text: request.text, processedText: request.text },
        id: request.id,
      }
    },

    async *synthesizeOnline(requests, { signal }) {
      for await (const request of requests) {
        for await (const { response } of speak(request, signal)) yield response
      }
    },
  }
}

/** @throws {SpeechError} `invalid-request` naming what cannot be done */
function checkRequest(request: SynthesizeSpeechRequest, voices: readonly Voice[]): Voice {
  const { text, sampleRateHz, zeroShotData, customDictionary } = request
  if (text.trim() === '') throw invalid('text is empty')
  if (text.length > maxCharacters) throw invalid(`text is longer than ${maxCharacters} characters`)
  if (zeroShotData) throw invalid('zero_shot_data is not supported')
  if (customDictionary !== '') throw invalid('custom_dictionary is not supported')
  if (sampleRateHz !== 0 && (sampleRateHz < minRateHz || sampleRateHz > maxRateHz)) {
    throw invalid(`sample_rate_hz must be between ${minRateHz} and ${maxRateHz}`)
  }
  return findVoice(voices, request)
}

/** One entry a model and language, with its voices as `subvoices`, as Riva's clients read it. */
function listModels(voices: readonly Voice[]) {
  const groups = new Map<string, Voice[]>()
  for (const voice of voices) {
    const key = `${voice.model.toLowerCase()}-${voice.languageCode.toLowerCase()}`
    groups.set(key, [...(groups.get(key) ?? []), voice])
  }
  return [...groups].map(([modelName, group]) => ({
    modelName,
    parameters: {
      language_code: group[0]?.languageCode ?? '',
      voice_name: group[0]?.model ?? '',
      subvoices: group.map(({ subvoice }, index) => `${subvoice}:${index}`).join(','),
      type: 'online',
    },
  }))
}

const invalid = (message: string) => new SpeechError('invalid-request', message)

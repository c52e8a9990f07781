import {
  AudioEncoding,
  createRivaClients,
  type RivaError,
  SynthesizeSpeechRequest,
  toRivaError,
} from '@trunkline/riva'
import { TtsError } from '../../errors.ts'
import type { TtsEngine } from '../engine.ts'
import { listVoices } from './riva-voices.ts'

export interface RivaEngineOptions {
  /** `host:port` */
  readonly uri: string
  readonly ssl: boolean
  readonly apiKey: string | undefined
  readonly functionId: string | undefined
}

/** Riva, a Speech NIM or the CPU stand-in, over `SynthesizeOnline` with one request a call. */
export function createRivaEngine({ uri, ssl, apiKey, functionId }: RivaEngineOptions): TtsEngine {
  const clients = createRivaClients({
    uri,
    ssl,
    ...(apiKey ? { apiKey } : {}),
    ...(functionId ? { functionId } : {}),
  })
  return {
    name: 'riva',
    async voices({ signal }) {
      try {
        const { modelConfig } = await clients.tts.getRivaSynthesisConfig({}, { signal })
        return listVoices(modelConfig.map((model) => model.parameters))
      } catch (error) {
        signal.throwIfAborted()
        throw fromRiva(toRivaError(error))
      }
    },
    async *synthesize({ text, voice, sampleRateHz }, { signal }) {
      const request = SynthesizeSpeechRequest.fromPartial({
        text,
        languageCode: voice.language,
        voiceName: voice.name,
        encoding: AudioEncoding.LINEAR_PCM,
        sampleRateHz,
      })
      try {
        // One request only: servers from before 2026-03 declare a single one (facts on Riva 1.3).
        for await (const { audio } of clients.tts.synthesizeOnline(once(request), { signal })) {
          if (audio.byteLength > 0) yield audio
        }
      } catch (error) {
        signal.throwIfAborted()
        throw fromRiva(toRivaError(error))
      }
    },
    close: async () => clients.close(),
  }
}

async function* once<T>(item: T): AsyncGenerator<T> {
  yield item
}

function fromRiva(cause: RivaError): TtsError {
  switch (cause.code) {
    case 'model-unavailable':
      return new TtsError('unknown-voice', 'the engine has no such voice', { cause })
    case 'invalid-request':
    case 'unsupported':
      return new TtsError('bad-request', 'the engine refused the request', { cause })
    case 'overloaded':
      return new TtsError('overloaded', 'the engine is full', { cause })
    case 'timeout':
    case 'stalled':
      return new TtsError('timeout', 'the engine did not answer in time', { cause })
    default:
      return new TtsError('unavailable', 'the engine failed', { cause })
  }
}

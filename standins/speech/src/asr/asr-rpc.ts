import type {
  DeepPartial,
  RecognitionConfig,
  RivaSpeechRecognitionServiceImplementation,
  StreamingRecognizeResponse,
} from '@trunkline/riva'
import { SpeechError } from '../errors.ts'
import type { Metrics } from '../metrics.ts'
import { createAudioDecoder } from './audio-decoder.ts'
import { toEndpointingSettings } from './endpointing-settings.ts'
import type { AsrEngines } from './engines.ts'
import { asrModels, chooseModel } from './models.ts'
import { streamRecognition } from './stream-recognition.ts'
import { recognizeWhole } from './whole-recording.ts'
import { toWordBoosts } from './word-boosts.ts'

export interface AsrRpcDeps {
  readonly engines: AsrEngines
  readonly metrics: Metrics
  readonly streamIdleMs: number
  /** From the decision that an utterance is over to its text, at least. */
  readonly finalMs: number
}

/** Riva's recognition service. */
export function createAsrRpc(deps: AsrRpcDeps): RivaSpeechRecognitionServiceImplementation {
  return {
    async getRivaSpeechRecognitionConfig({ modelName }) {
      return {
        modelConfig: asrModels.filter((model) => modelName === '' || model.modelName === modelName),
      }
    },

    async recognize({ config, audio, id }, { signal }) {
      if (!config) throw new SpeechError('invalid-request', 'config is missing')
      const languageCode = chooseModel({ ...config, type: 'offline' })
      const finals = await recognizeWhole(deps.engines, audio, {
        format: formatOf(config),
        endpointing: toEndpointingSettings(config.endpointingConfig),
        boosts: toWordBoosts(config.speechContexts),
        signal,
      })
      return {
        id,
        results: finals.map(({ text, confidence, audioProcessedSeconds }, index) => ({
          alternatives: [
            { transcript: segment(text, index > 0), confidence, languageCode: [languageCode] },
          ],
          channelTag: 1,
          audioProcessed: audioProcessedSeconds,
        })),
      }
    },

    async *streamingRecognize(requests, { signal }) {
      const iterator = requests[Symbol.asyncIterator]()
      const first = await iterator.next()
      const opening = first.done ? undefined : first.value.streamingRequest
      if (opening?.$case !== 'streamingConfig' || !opening.value.config) {
        throw new SpeechError('invalid-request', 'first message must contain streaming_config')
      }
      const { config, interimResults } = opening.value
      const languageCode = chooseModel({ ...config, type: 'online' })
      const decoder = createAudioDecoder(formatOf(config))
      deps.metrics.streamOpened()
      try {
        let hasFinal = false
        for await (const event of streamRecognition(deps.engines, {
          requests: { [Symbol.asyncIterator]: () => iterator },
          decoder,
          interimResults,
          endpointing: toEndpointingSettings(config.endpointingConfig),
          boosts: toWordBoosts(config.speechContexts),
          idleMs: deps.streamIdleMs,
          finalMs: deps.finalMs,
          signal,
        })) {
          if (event.kind === 'nothing') {
            yield { results: [] }
            continue
          }
          const isFinal = event.kind === 'final'
          const result = {
            alternatives: [
              {
                transcript: segment(event.text, hasFinal),
                confidence: isFinal ? event.confidence : 0,
                languageCode: [languageCode],
              },
            ],
            isFinal,
            stability: isFinal ? 0 : event.stability,
            channelTag: 1,
            audioProcessed: event.audioProcessedSeconds,
          }
          if (isFinal) {
            hasFinal ||= event.text !== ''
            deps.metrics.finalGiven(event.latencyMs, { end: event.isForced ? 'forced' : 'silence' })
          }
          yield { results: [result] } satisfies DeepPartial<StreamingRecognizeResponse>
        }
      } finally {
        deps.metrics.streamClosed()
      }
    },
  }
}

/** Riva's clients put segments one behind the other as they come, so later ones begin with a space. */
function segment(text: string, isLater: boolean): string {
  return isLater && text !== '' ? ` ${text}` : text
}

function formatOf(config: RecognitionConfig) {
  return {
    encoding: config.encoding,
    sampleRateHz: config.sampleRateHertz,
    channelCount: config.audioChannelCount,
  }
}

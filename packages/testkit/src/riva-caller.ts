// A caller of any server on Riva’s wire, for the compliance suite.
import { setTimeout as sleep } from 'node:timers/promises'
import {
  AudioEncoding,
  type DeepPartial,
  type RecognitionConfig,
  type RivaClients,
  type StreamingRecognizeRequest,
  type StreamingRecognizeResponse,
} from '@trunkline/riva'

export const sampleRateHz = 8_000
const chunkMs = 100
export const chunkBytes = (2 * sampleRateHz * chunkMs) / 1_000
export const language = 'en-US'

export const recognitionConfig = {
  encoding: AudioEncoding.LINEAR_PCM,
  sampleRateHertz: sampleRateHz,
  languageCode: language,
  audioChannelCount: 1,
  maxAlternatives: 1,
  enableAutomaticPunctuation: true,
}
export const synthesisConfig = {
  languageCode: language,
  encoding: AudioEncoding.LINEAR_PCM,
  sampleRateHz,
}

export interface RecognizeOptions {
  readonly paceMs?: number
  readonly interimResults?: boolean
  readonly stopHistoryMs?: number
  readonly config?: DeepPartial<RecognitionConfig>
}

/** Sends chunks, `force` being a forced end that is waited for, and collects what comes back. */
export async function recognize(
  clients: RivaClients,
  audio: readonly (Uint8Array | 'force')[],
  { paceMs = 0, interimResults = true, stopHistoryMs = 800, config = {} }: RecognizeOptions = {},
): Promise<StreamingRecognizeResponse[]> {
  const responses: StreamingRecognizeResponse[] = []
  const arrivals = new EventTarget()
  async function* requests(): AsyncGenerator<DeepPartial<StreamingRecognizeRequest>> {
    const value = {
      config: {
        ...recognitionConfig,
        ...config,
        endpointingConfig: { stopHistory: stopHistoryMs },
      },
      interimResults,
    }
    yield { streamingRequest: { $case: 'streamingConfig', value } }
    for (const piece of audio) {
      if (piece === 'force') {
        const answered = nextAnswer(arrivals)
        yield { ...audioMessage(new Uint8Array()), runtimeConfig: { force_eou: 'true' } }
        await answered
      } else {
        yield audioMessage(piece)
        if (paceMs > 0) await sleep(paceMs)
      }
    }
  }
  for await (const response of clients.asr.streamingRecognize(requests())) {
    responses.push(response)
    const isAnswer = response.results.every((result) => result.isFinal)
    if (isAnswer) arrivals.dispatchEvent(new Event('answer'))
  }
  return responses
}

function nextAnswer(arrivals: EventTarget): Promise<void> {
  return new Promise((resolve) => {
    arrivals.addEventListener('answer', () => resolve(), { once: true })
  })
}

export function audioMessage(value: Uint8Array): DeepPartial<StreamingRecognizeRequest> {
  return { streamingRequest: { $case: 'audioContent', value } }
}

export async function say(clients: RivaClients, text: string): Promise<Uint8Array> {
  return (await clients.tts.synthesize({ ...synthesisConfig, text })).audio
}

export function chunks(audio: Uint8Array): Uint8Array[] {
  return Array.from({ length: Math.ceil(audio.length / chunkBytes) }, (_, index) =>
    audio.subarray(index * chunkBytes, (index + 1) * chunkBytes),
  )
}

export function silence(ms: number): Uint8Array[] {
  return Array.from({ length: Math.ceil(ms / chunkMs) }, () => new Uint8Array(chunkBytes))
}

export function transcriptOf(responses: readonly StreamingRecognizeResponse[]): string {
  return responses
    .flatMap(({ results }) => results.filter((result) => result.isFinal))
    .map(({ alternatives }) => alternatives[0]?.transcript ?? '')
    .join('')
}

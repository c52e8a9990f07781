import {
  type DeepPartial,
  type RecognizeRequest,
  type RecognizeResponse,
  RivaSpeechRecognitionDefinition,
  RivaSpeechSynthesisDefinition,
  type StreamingRecognitionConfig,
  type StreamingRecognizeRequest,
  type StreamingRecognizeResponse,
  type SynthesizeSpeechRequest,
  type SynthesizeSpeechResponse,
} from '@trunkline/riva'
import { type CallContext, createServer, ServerError, Status } from 'nice-grpc'

/** What one `StreamingRecognize` call has brought so far. */
export interface Hearing {
  config: StreamingRecognitionConfig | undefined
  readonly chunks: Uint8Array[]
  /** Ms of 16 kHz audio before each force_eou. */
  readonly flushesAtMs: number[]
  readonly audioMs: number
  readonly samples: Int16Array
  /** The client ended its side, or cancelled: a server of nice-grpc cannot tell the one from the other. */
  isEnded: boolean
}

export interface Script {
  /** Answers to one call; called after each message with what was heard, once more at the half-close. */
  readonly hear?: (
    hearing: Hearing,
    call: number,
    message: StreamingRecognizeRequest | undefined,
  ) => readonly DeepPartial<StreamingRecognizeResponse>[]
  readonly recognize?: (request: RecognizeRequest) => DeepPartial<RecognizeResponse>
  readonly speak?: (
    request: SynthesizeSpeechRequest,
    call: number,
    signal: AbortSignal,
  ) => AsyncIterable<DeepPartial<SynthesizeSpeechResponse>>
}

export interface Speaking {
  readonly requests: SynthesizeSpeechRequest[]
  /** The answer is complete, or was cancelled. */
  isOver: boolean
}

/** A Riva server over a real socket that counts, and answers or fails as its script says. */
export async function startRiva(script: Script, { port = 0 } = {}) {
  const hearings: Hearing[] = []
  const speakings: Speaking[] = []
  const changes = new EventTarget()
  const changed = () => changes.dispatchEvent(new Event('change'))
  const server = createServer()
  server.add(RivaSpeechRecognitionDefinition, {
    async recognize(request) {
      return script.recognize?.(request) ?? {}
    },
    async getRivaSpeechRecognitionConfig() {
      const parameters = { language_code: 'en-US', type: 'online' }
      return { modelConfig: [{ modelName: 'scripted', parameters }] }
    },
    async *streamingRecognize(messages) {
      const hearing = createHearing()
      const call = hearings.push(hearing) - 1
      for await (const message of messages) {
        take(hearing, message)
        changed()
        yield* script.hear?.(hearing, call, message) ?? []
      }
      hearing.isEnded = true
      changed()
      yield* script.hear?.(hearing, call, undefined) ?? []
    },
  })
  server.add(RivaSpeechSynthesisDefinition, {
    async synthesize() {
      throw new ServerError(Status.UNIMPLEMENTED, 'not asked for here')
    },
    async getRivaSynthesisConfig() {
      return {}
    },
    async *synthesizeOnline(requests, { signal }: CallContext) {
      const speaking: Speaking = { requests: [], isOver: false }
      const call = speakings.push(speaking) - 1
      try {
        for await (const request of requests) {
          speaking.requests.push(request)
          changed()
          yield* script.speak?.(request, call, signal) ?? []
        }
      } finally {
        speaking.isOver = true
        changed()
      }
    },
  })
  const boundPort = await server.listen(`127.0.0.1:${port}`)
  return {
    port: boundPort,
    uri: `127.0.0.1:${boundPort}`,
    hearings,
    speakings,
    /** Resolves as soon as the claim holds; it is looked at again after everything that arrives. */
    until(claim: () => boolean): Promise<void> {
      return new Promise((resolve) => {
        const listening = new AbortController()
        const look = () => {
          if (!claim()) return
          listening.abort()
          resolve()
        }
        changes.addEventListener('change', look, { signal: listening.signal })
        look()
      })
    },
    close: () => server.forceShutdown(),
  }
}

export function final(
  transcript: string,
  details: {
    audioProcessed?: number
    words?: { word: string; startTime: number; endTime: number }[]
  } = {},
): DeepPartial<StreamingRecognizeResponse> {
  const { audioProcessed = 0, words = [] } = details
  return {
    results: [
      { isFinal: true, audioProcessed, alternatives: [{ transcript, words, confidence: 0.9 }] },
    ],
  }
}

export function interim(
  transcript: string,
  details: { audioProcessed?: number; stability?: number } = {},
): DeepPartial<StreamingRecognizeResponse> {
  return { results: [{ ...details, alternatives: [{ transcript }] }] }
}

function createHearing(): Hearing {
  const chunks: Uint8Array[] = []
  return {
    config: undefined,
    chunks,
    flushesAtMs: [],
    isEnded: false,
    get audioMs() {
      return chunks.reduce((bytes, chunk) => bytes + chunk.length, 0) / 32
    },
    get samples() {
      const bytes = Uint8Array.from(Buffer.concat(chunks))
      return new Int16Array(bytes.buffer)
    },
  }
}

function take(hearing: Hearing, message: StreamingRecognizeRequest): void {
  if (message.streamingRequest?.$case === 'streamingConfig') {
    hearing.config = message.streamingRequest.value
  } else if (message.streamingRequest && message.streamingRequest.value.length > 0) {
    hearing.chunks.push(message.streamingRequest.value)
  }
  if (message.runtimeConfig['force_eou'] === 'true') hearing.flushesAtMs.push(hearing.audioMs)
}

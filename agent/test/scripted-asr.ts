import {
  RivaSpeechRecognitionDefinition,
  type RivaSpeechRecognitionServiceImplementation,
} from '@trunkline/riva'
import { createServer, ServerError, Status } from 'nice-grpc'

export interface ScriptedAsr {
  /** host:port */
  readonly uri: string
  /** What the next stretch of speech will have been. */
  next(text: string): void
  /** Phrases that the streams so far were told to expect, in order. */
  readonly phrases: readonly string[]
  close(): Promise<void>
}

/** Mean level above which a chunk is speech; the caller's silence is digital. */
const speechLevel = 200

/** A Riva server whose finals come from a script: one for each `force_eou` after something loud. */
export async function startAsr(): Promise<ScriptedAsr> {
  const texts: string[] = []
  const phrases: string[] = []
  const service: RivaSpeechRecognitionServiceImplementation = {
    async *streamingRecognize(requests) {
      let loud = 0
      for await (const { streamingRequest, runtimeConfig } of requests) {
        if (streamingRequest?.$case === 'streamingConfig') {
          const contexts = streamingRequest.value.config?.speechContexts ?? []
          phrases.push(...contexts.flatMap((context) => context.phrases))
        }
        if (streamingRequest?.$case === 'audioContent') {
          if (level(streamingRequest.value) > speechLevel) loud += 1
          if (loud === 4) yield result(texts[0] ?? '', false)
        }
        if (runtimeConfig['force_eou'] !== 'true' || loud === 0) continue
        loud = 0
        yield result(texts.shift() ?? '', true)
      }
    },
    async recognize() {
      throw new ServerError(Status.UNIMPLEMENTED, 'scripted')
    },
    async getRivaSpeechRecognitionConfig() {
      return {}
    },
  }
  const server = createServer()
  server.add(RivaSpeechRecognitionDefinition, service)
  const port = await server.listen('127.0.0.1:0')
  return {
    uri: `127.0.0.1:${port}`,
    next: (text) => void texts.push(text),
    phrases,
    close: async () => server.forceShutdown(),
  }
}

function result(transcript: string, isFinal: boolean) {
  const alternatives = [{ transcript, confidence: 0.9, words: [], languageCode: ['en-US'] }]
  return { results: [{ alternatives, isFinal, stability: isFinal ? 1 : 0.5 }] }
}

function level(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const samples = Math.floor(bytes.byteLength / 2)
  let sum = 0
  for (let index = 0; index < samples; index += 1) sum += Math.abs(view.getInt16(index * 2, true))
  return samples === 0 ? 0 : sum / samples
}

import {
  RivaSpeechSynthesisDefinition,
  type SynthesizeSpeechRequest,
  SynthesizeSpeechResponse,
} from '@trunkline/riva'
import { type CallContext, createServer, ServerError, Status } from 'nice-grpc'

export interface TestRiva {
  /** `host:port` */
  readonly uri: string
  /** Requests seen, oldest first. */
  readonly requests: SynthesizeSpeechRequest[]
  running(): number
  /** The next synthesis fails with this status, or hangs without audio. */
  failNext(how: Status | 'hang'): void
  close(): Promise<void>
}

/** A Riva server that hums instead of speaking, for faults: 60 ms of a tone a character, in 100 ms chunks. */
export async function startTestRiva(): Promise<TestRiva> {
  const requests: SynthesizeSpeechRequest[] = []
  let running = 0
  let next: Status | 'hang' | undefined
  const server = createServer()
  server.add(RivaSpeechSynthesisDefinition, {
    async synthesize() {
      throw new ServerError(Status.UNIMPLEMENTED, 'not needed')
    },
    async *synthesizeOnline(incoming, context: CallContext) {
      running += 1
      try {
        for await (const request of incoming) {
          requests.push(request)
          const how = next
          next = undefined
          if (how === 'hang') await aborted(context.signal)
          else if (how !== undefined) throw new ServerError(how, 'as told')
          if (request.voiceName !== 'Hum.EN-US.Low') {
            throw new ServerError(Status.INVALID_ARGUMENT, 'Unavailable model requested')
          }
          yield* hum(request, context.signal)
        }
      } finally {
        running -= 1
      }
    },
    async getRivaSynthesisConfig() {
      const parameters = { language_code: 'en-US', voice_name: 'Hum', subvoices: 'EN-US.Low:0' }
      return { modelConfig: [{ modelName: 'hum', parameters }] }
    },
  })
  const port = await server.listen('127.0.0.1:0')
  return {
    uri: `127.0.0.1:${port}`,
    requests,
    running: () => running,
    failNext(how) {
      next = how
    },
    close: async () => server.forceShutdown(),
  }
}

async function* hum({ text, sampleRateHz }: SynthesizeSpeechRequest, signal: AbortSignal) {
  const chunkSamples = sampleRateHz / 10
  for (let chunk = 0; chunk < Math.ceil((text.length * 60) / 100); chunk += 1) {
    signal.throwIfAborted()
    const samples = new Int16Array(chunkSamples)
    for (let at = 0; at < chunkSamples; at += 1) {
      samples[at] = 8_000 * Math.sin((2 * Math.PI * 440 * at) / sampleRateHz)
    }
    yield SynthesizeSpeechResponse.fromPartial({ audio: new Uint8Array(samples.buffer) })
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

import { createDisposalStack } from '@trunkline/runtime'
import { createLogger, createRegistry, type Logger } from '@trunkline/telemetry'
import { createAsrRpc } from './asr/asr-rpc.ts'
import { startAsrWorkers } from './asr/engines.ts'
import { createKnownSpeech } from './asr/known-speech.ts'
import type { Config } from './config.ts'
import { createGrpcServer } from './grpc.ts'
import { createHttp } from './http.ts'
import { createMetrics } from './metrics.ts'
import { rememberSpeech } from './tts/remember-speech.ts'
import { createSynthesis } from './tts/synthesis.ts'
import { createTtsRpc } from './tts/tts-rpc.ts'

export interface Service {
  /** `host:port` of Riva's gRPC, as RIVA_URI wants it. */
  readonly grpcAddress: string
  /** `http://host:port` of health, metrics and transcriptions. */
  readonly url: string
  close(): Promise<void>
}

/** Loads the models (about a second) and listens; resolves when both ports are open. */
export async function createService(
  config: Config,
  overrides: { readonly logger?: Logger } = {},
): Promise<Service> {
  const logger = overrides.logger ?? createLogger('speech', config.log)
  const stack = createDisposalStack()
  try {
    const registry = createRegistry()
    const metrics = createMetrics(registry)
    const onCrash = (cause: unknown) => {
      metrics.workerDied()
      logger.error({ err: cause }, 'speech worker died, starting another')
    }

    const known = config.isKnownSpeechOnly ? createKnownSpeech() : undefined
    const engines = startAsrWorkers({ workers: config.workers, known, onCrash })
    stack.defer(() => engines.close())
    const spoken = await createSynthesis({ espeakProgram: config.espeakProgram, onCrash })
    stack.defer(() => spoken.close())
    const synthesis = known ? rememberSpeech(spoken, known) : spoken
    await Promise.all([engines.ready(), synthesis.ready()])

    const grpc = createGrpcServer({
      asr: createAsrRpc({
        engines,
        metrics,
        ...config.declared,
        streamIdleMs: config.streamIdleMs,
      }),
      tts: createTtsRpc({ synthesis, metrics, ...config.declared }),
      metrics,
      logger,
      drainMs: config.drainMs,
    })
    let isClosing = false
    const http = await createHttp({
      engines,
      registry,
      unreadyReason: () => {
        if (isClosing) return 'closing'
        return engines.isAlive && synthesis.isAlive ? undefined : 'a speech worker is starting'
      },
    })
    stack.defer(() => http.close())
    const url = await http.listen(config.http)
    stack.defer(() => grpc.close())
    const grpcAddress = await grpc.listen(config.grpc)
    stack.defer(() => {
      isClosing = true
    })
    return { grpcAddress, url, close: () => stack.close() }
  } catch (error) {
    await stack.close()
    throw error
  }
}

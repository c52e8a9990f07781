import {
  createHealthService,
  HealthDefinition,
  type HealthService,
  RivaSpeechRecognitionDefinition,
  type RivaSpeechRecognitionServiceImplementation,
  RivaSpeechSynthesisDefinition,
  type RivaSpeechSynthesisServiceImplementation,
} from '@trunkline/riva'
import type { Logger } from '@trunkline/telemetry'
import { type CallContext, createServer, type ServerMiddlewareCall, Status } from 'nice-grpc'
import { toServerError } from './errors.ts'
import type { Metrics } from './metrics.ts'

/** A recording of a quarter of an hour at 48 kHz in one message. */
const maxMessageBytes = 96 * 1024 * 1024

export interface GrpcDeps {
  readonly asr: RivaSpeechRecognitionServiceImplementation
  readonly tts: RivaSpeechSynthesisServiceImplementation
  readonly metrics: Metrics
  readonly logger: Logger
  readonly drainMs: number
}

export interface GrpcServer {
  readonly health: HealthService
  /** @returns `host:port` */
  listen(address: { readonly host: string; readonly port: number }): Promise<string>
  /** Says that it is not serving, lets calls under way finish for `drainMs`, and ends the rest. */
  close(): Promise<void>
}

export function createGrpcServer({ asr, tts, metrics, logger, drainMs }: GrpcDeps): GrpcServer {
  const health = createHealthService()
  async function* classify<Request, Response>(
    call: ServerMiddlewareCall<Request, Response>,
    context: CallContext,
  ) {
    try {
      return yield* call.next(call.request, context)
    } catch (error) {
      if (context.signal.aborted) throw error
      const failure = toServerError(error)
      metrics.callFailed({ method: call.method.path, status: Status[failure.code] ?? 'UNKNOWN' })
      if (failure.code === Status.INTERNAL) logger.error({ err: error }, 'call failed')
      throw failure
    }
  }

  const server = createServer({
    'grpc.max_receive_message_length': maxMessageBytes,
    'grpc.max_send_message_length': -1,
    // Clients of gRPC's C core ping; a server that takes that for abuse ends their calls.
    'grpc.keepalive_permit_without_calls': 1,
    'grpc.http2.min_time_between_pings_ms': 5_000,
  }).use(classify)
  server.add(RivaSpeechRecognitionDefinition, asr)
  server.add(RivaSpeechSynthesisDefinition, tts)
  server.add(HealthDefinition, health.implementation)
  const names = [
    '',
    RivaSpeechRecognitionDefinition.fullName,
    RivaSpeechSynthesisDefinition.fullName,
  ]
  return {
    health,
    async listen({ host, port }) {
      const bound = await server.listen(`${host}:${port}`)
      for (const name of names) health.set(name, 'serving')
      return `${host}:${bound}`
    },
    async close() {
      for (const name of names) health.set(name, 'not-serving')
      const timer = setTimeout(() => server.forceShutdown(), drainMs)
      await server.shutdown()
      clearTimeout(timer)
    },
  }
}

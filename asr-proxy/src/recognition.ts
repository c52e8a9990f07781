import { withSignals } from '@trunkline/runtime'
import { type Logger, streamInSpan } from '@trunkline/telemetry'
import {
  type CallContext,
  type CallOptions,
  ClientError,
  ServerError,
  type ServiceImplementation,
  Status,
} from 'nice-grpc'
import type { Metrics } from './metrics.ts'
import type { rawRecognition, Upstream } from './upstream.ts'

export interface RecognitionDeps {
  readonly upstream: Upstream
  readonly metrics: Metrics
  readonly logger: Logger
}

/** Longest wait for the answer to a unary call; a stream has no deadline, it lasts as long as its call. */
const unaryTimeoutMs = 60_000

/** Passes Riva's recognition calls on, with back-pressure both ways; a caller that leaves cancels them. */
export function createRecognition({
  upstream,
  metrics,
  logger,
}: RecognitionDeps): ServiceImplementation<typeof rawRecognition> {
  const toServerError = (error: unknown, { signal }: CallContext): unknown => {
    if (signal.aborted) return error // the caller left: no failure
    const failure =
      error instanceof ClientError
        ? new ServerError(error.code, error.details)
        : new ServerError(Status.DEADLINE_EXCEEDED, 'Riva did not answer in time')
    metrics.failed(Status[failure.code] ?? 'UNKNOWN')
    logger.warn({ status: Status[failure.code] }, 'recognition call failed upstream')
    return failure
  }
  const callOptions = (signal: AbortSignal) => ({ metadata: upstream.metadata(), signal })
  const unary = <T>({ signal }: CallContext, ask: (options: CallOptions) => Promise<T>) =>
    withSignals([signal], { timeoutMs: unaryTimeoutMs }, (limited) => ask(callOptions(limited)))

  return {
    async recognize(request, context) {
      try {
        return await unary(context, (options) => upstream.client().recognize(request, options))
      } catch (error) {
        throw toServerError(error, context)
      }
    },
    async getRivaSpeechRecognitionConfig(request, context) {
      try {
        return await unary(context, (options) =>
          upstream.client().getRivaSpeechRecognitionConfig(request, options),
        )
      } catch (error) {
        throw toServerError(error, context)
      }
    },
    async *streamingRecognize(requests, context) {
      metrics.streamOpened()
      try {
        const parent = context.metadata.get('traceparent')
        yield* streamInSpan('recognize', { parent }, () =>
          upstream.client().streamingRecognize(requests, callOptions(context.signal)),
        )
      } catch (error) {
        throw toServerError(error, context)
      } finally {
        metrics.streamClosed()
      }
    },
  }
}

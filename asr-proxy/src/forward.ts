import {
  type handleBidiStreamingCall,
  type handleUnaryCall,
  type MethodDefinition,
  type ServiceError,
  status,
} from '@grpc/grpc-js'
import type { Logger } from '@trunkline/telemetry'
import type { Metrics } from './metrics.ts'
import { type RawMessage, rawRecognition } from './raw-method.ts'
import type { Upstream } from './upstream.ts'

export interface ForwardDeps {
  readonly upstream: Upstream
  readonly metrics: Metrics
  readonly logger: Logger
}

/** Longest wait for an answer to a unary call that came without a deadline of its own. */
const unaryDeadlineMs = 60_000

/** Passes a unary call on, with the caller's deadline; a caller that leaves cancels it. */
export function forwardUnary(
  { upstream, metrics, logger }: ForwardDeps,
  method: MethodDefinition<RawMessage, RawMessage>,
): handleUnaryCall<RawMessage, RawMessage> {
  return (call, callback) => {
    const forwarded = upstream
      .client()
      .makeUnaryRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        call.request,
        upstream.metadata(),
        { deadline: deadlineOf(call.getDeadline()) },
        (error: ServiceError | null, response?: RawMessage) => {
          if (!error) return callback(null, response)
          report(error, { metrics, logger })
          return callback({ code: error.code, details: error.details })
        },
      )
    call.on('cancelled', () => forwarded.cancel())
  }
}

/** Passes a recognition stream on, both ways with back-pressure, for as long as it lives. */
export function forwardStream({
  upstream,
  metrics,
  logger,
}: ForwardDeps): handleBidiStreamingCall<RawMessage, RawMessage> {
  const method = rawRecognition.StreamingRecognize
  return (call) => {
    // No deadline: a stream lasts as long as its call.
    const forwarded = upstream
      .client()
      .makeBidiStreamRequest(
        method.path,
        method.requestSerialize,
        method.responseDeserialize,
        upstream.metadata(),
      )
    metrics.streamOpened()
    let open = true
    const finish = () => {
      if (open) metrics.streamClosed()
      open = false
    }
    call.on('data', (message: RawMessage) => {
      if (forwarded.write(message)) return
      call.pause()
      forwarded.once('drain', () => call.resume())
    })
    call.on('end', () => forwarded.end())
    call.on('error', () => forwarded.cancel())
    // Fires after a normal end as well; cancelling a finished call does nothing.
    call.on('cancelled', () => {
      forwarded.cancel()
      finish()
    })
    forwarded.on('data', (message: RawMessage) => {
      if (call.write(message)) return
      forwarded.pause()
      call.once('drain', () => forwarded.resume())
    })
    forwarded.on('end', () => {
      finish()
      call.end()
    })
    forwarded.on('error', (error: ServiceError) => {
      finish()
      report(error, { metrics, logger })
      // `emit` is how grpc-js takes a stream's status from a handler.
      call.emit('error', { code: error.code, details: error.details })
    })
  }
}

function report(error: ServiceError, { metrics, logger }: Pick<ForwardDeps, 'metrics' | 'logger'>): void {
  if (error.code === status.CANCELLED) return
  metrics.failed(status[error.code] ?? 'UNKNOWN')
  logger.warn({ code: status[error.code] }, 'recognition call failed upstream')
}

function deadlineOf(deadline: Date | number): Date | number {
  const ms = typeof deadline === 'number' ? deadline : deadline.getTime()
  return Number.isFinite(ms) ? deadline : Date.now() + unaryDeadlineMs
}

import { ClientError, Status } from 'nice-grpc-common'

/** Everything that can be wrong with a call to Riva, as its caller has to treat it. */
export type RivaErrorCode =
  /** Nothing listens there, or the connection broke. */
  | 'unavailable'
  /** The server is full: wait, or go elsewhere. */
  | 'overloaded'
  /** More than 60 s passed without audio, and the server forgot the stream. */
  | 'stream-expired'
  /** The model behind the server did not answer in time. */
  | 'stalled'
  /** Our own deadline passed. */
  | 'timeout'
  /** The server or something between ended the call. */
  | 'interrupted'
  /** No deployed model for this language and kind of call. */
  | 'model-unavailable'
  /** On NVCF: a function id that is no longer valid. */
  | 'not-found'
  | 'unauthenticated'
  | 'invalid-request'
  | 'unsupported'
  /** We aborted it. No failure, and no error to count. */
  | 'aborted'
  | 'internal'

interface Verdict {
  readonly code: RivaErrorCode
  readonly retryable: boolean
}

/** A failed call to Riva. Its message holds no text of the call; what the server said is in `cause`. */
export class RivaError extends Error {
  override readonly name = 'RivaError'
  readonly code: RivaErrorCode
  /** Whether the same call can succeed a moment later. */
  readonly retryable: boolean
  /** gRPC's status, where the error came from gRPC. */
  readonly status: Status | undefined

  constructor({ code, retryable }: Verdict, options: { status?: Status; cause?: unknown } = {}) {
    super(`riva: ${code}`, { cause: options.cause })
    this.code = code
    this.retryable = retryable
    this.status = options.status
  }
}

/** Classifies whatever a call to Riva threw. The one place that knows servers' statuses and wordings. */
export function toRivaError(error: unknown): RivaError {
  if (error instanceof RivaError) return error
  const failure = readGrpcFailure(error)
  if (failure) {
    return new RivaError(classify(failure.status, failure.details), {
      status: failure.status,
      cause: error,
    })
  }
  if (error instanceof Error && error.name === 'AbortError') {
    return new RivaError({ code: 'aborted', retryable: false }, { cause: error })
  }
  if (error instanceof Error && error.name === 'TimeoutError') {
    return new RivaError({ code: 'timeout', retryable: true }, { cause: error })
  }
  return new RivaError({ code: 'internal', retryable: false }, { cause: error })
}

function classify(status: Status, details: string): Verdict {
  switch (status) {
    case Status.INVALID_ARGUMENT:
      // The wordings of Triton and Riva; the status is the same for a wrong request.
      if (/START flag/i.test(details)) return { code: 'stream-expired', retryable: true }
      if (/unavailable model/i.test(details)) return { code: 'model-unavailable', retryable: false }
      return { code: 'invalid-request', retryable: false }
    case Status.FAILED_PRECONDITION:
    case Status.OUT_OF_RANGE:
    case Status.ALREADY_EXISTS:
      return { code: 'invalid-request', retryable: false }
    case Status.UNAVAILABLE:
      if (/queue size/i.test(details)) return { code: 'overloaded', retryable: true }
      return { code: 'unavailable', retryable: true }
    case Status.RESOURCE_EXHAUSTED:
      return { code: 'overloaded', retryable: true }
    case Status.DEADLINE_EXCEEDED:
      return { code: 'timeout', retryable: true }
    case Status.CANCELLED:
    case Status.ABORTED:
      return { code: 'interrupted', retryable: true }
    case Status.NOT_FOUND:
      return { code: 'not-found', retryable: false }
    case Status.UNAUTHENTICATED:
    case Status.PERMISSION_DENIED:
      return { code: 'unauthenticated', retryable: false }
    case Status.UNIMPLEMENTED:
      return { code: 'unsupported', retryable: false }
    case Status.UNKNOWN:
      if (/response timeout/i.test(details)) return { code: 'stalled', retryable: true }
      return { code: 'internal', retryable: true }
    case Status.OK:
    case Status.INTERNAL:
    case Status.DATA_LOSS:
      return { code: 'internal', retryable: true }
    default: {
      const unknown: never = status
      return { code: 'internal', retryable: Number.isInteger(unknown) }
    }
  }
}

/** nice-grpc throws ClientError; a plain grpc-js client throws an Error with `code` and `details`. */
function readGrpcFailure(error: unknown): { status: Status; details: string } | undefined {
  if (error instanceof ClientError) return { status: error.code, details: error.details }
  if (!(error instanceof Error) || !('code' in error) || !('details' in error)) return undefined
  const { code, details } = error
  if (typeof code !== 'number' || typeof details !== 'string' || !(code in Status)) return undefined
  return { status: code, details }
}

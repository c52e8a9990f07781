import { ServerError, Status } from 'nice-grpc'

/** What can go wrong behind Riva's wire, as the caller of an engine has to treat it. */
export type SpeechErrorCode =
  /** The request cannot be served by anything that runs here. */
  | 'invalid-request'
  /** A worker thread or the espeak-ng program died over it, or the service is closing. */
  | 'unavailable'
  /** More work is waiting than may wait. */
  | 'overloaded'
  /** A job took longer than any honest one. */
  | 'stalled'
  /** An interim gave way to a final. */
  | 'preempted'

/** A failure of an engine. The message is constant or made of settings, never of what was said. */
export class SpeechError extends Error {
  override readonly name = 'SpeechError'
  readonly code: SpeechErrorCode

  constructor(code: SpeechErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(message, options)
    this.code = code
  }
}

/** Classifies whatever was thrown while a call was served. */
export function toServerError(error: unknown): ServerError {
  if (error instanceof ServerError) return error
  if (error instanceof SpeechError) return new ServerError(toStatus(error.code), error.message)
  if (error instanceof Error && error.name === 'AbortError') {
    return new ServerError(Status.CANCELLED, 'the call was cancelled')
  }
  return new ServerError(Status.INTERNAL, 'internal error')
}

function toStatus(code: SpeechErrorCode): Status {
  switch (code) {
    case 'invalid-request':
      return Status.INVALID_ARGUMENT
    case 'unavailable':
    case 'preempted':
      return Status.UNAVAILABLE
    case 'overloaded':
      return Status.RESOURCE_EXHAUSTED
    case 'stalled':
      return Status.DEADLINE_EXCEEDED
    default: {
      const unknown: never = code
      throw new Error(`no status for ${String(unknown)}`)
    }
  }
}

import { APIConnectionError, APIError, APIStatusError, APITimeoutError } from '@livekit/agents'
import { type RivaErrorCode, toRivaError } from '@trunkline/riva'

/**
 * What LiveKit's retries understand, from anything a call to Riva threw. The message holds no text
 * of the call.
 *
 * @param options.retryable - `false` where the call must not be repeated although it could be,
 *   because part of its audio was played already.
 */
export function toApiError(error: unknown, options: { retryable?: boolean } = {}): APIError {
  if (error instanceof APIError) return error
  const { code, retryable: isRetryable, message } = toRivaError(error)
  const apiError = build(code, message, options.retryable ?? isRetryable)
  apiError.cause = error
  return apiError
}

function build(code: RivaErrorCode, message: string, retryable: boolean): APIError {
  const options = { retryable }
  switch (code) {
    case 'unavailable':
    case 'interrupted':
    case 'stream-expired':
      return new APIConnectionError({ message, options })
    case 'timeout':
    case 'stalled':
      return new APITimeoutError({ message, options })
    case 'aborted':
      return new APIError(message, { retryable: false })
    case 'invalid-request':
    case 'model-unavailable':
      return new APIStatusError({ message, options: { ...options, statusCode: 400 } })
    case 'unauthenticated':
      return new APIStatusError({ message, options: { ...options, statusCode: 401 } })
    case 'not-found':
      return new APIStatusError({ message, options: { ...options, statusCode: 404 } })
    case 'overloaded':
      return new APIStatusError({ message, options: { ...options, statusCode: 429 } })
    case 'internal':
      return new APIStatusError({ message, options: { ...options, statusCode: 500 } })
    case 'unsupported':
      return new APIStatusError({ message, options: { ...options, statusCode: 501 } })
    default: {
      const unknown: never = code
      return new APIError(message, { body: { code: unknown }, ...options })
    }
  }
}

export type TtsErrorCode =
  | 'bad-request'
  | 'unknown-voice'
  | 'overloaded'
  | 'timeout'
  | 'unavailable'

/** What an engine or the router could not do. The message never holds the text. */
export class TtsError extends Error {
  override readonly name = 'TtsError'
  readonly code: TtsErrorCode
  readonly retryable: boolean

  constructor(code: TtsErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
    this.retryable = code !== 'bad-request' && code !== 'unknown-voice'
  }
}

/** HTTP status by code. */
export const httpStatus: Readonly<Record<TtsErrorCode, number>> = {
  'bad-request': 400,
  'unknown-voice': 400,
  overloaded: 429,
  timeout: 504,
  unavailable: 503,
}

/** The single place where foreign errors are classified; what is not known counts as unavailable. */
export function toTtsError(error: unknown): TtsError {
  if (error instanceof TtsError) return error
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new TtsError('timeout', 'the engine sent no audio in time', { cause: error })
  }
  return new TtsError('unavailable', 'the engine failed', { cause: error })
}

export type PhoneErrorCode =
  | 'bind-failed'
  | 'transport'
  | 'no-response'
  | 'not-answered'
  | 'rejected'
  | 'unauthorized'
  | 'cancelled'
  | 'bad-answer'
  | 'call-over'

/** The one error of this package's network side. `status` is the SIP status where a peer gave one. */
export class PhoneError extends Error {
  override readonly name = 'PhoneError'
  readonly code: PhoneErrorCode
  readonly status: number | undefined

  constructor(
    code: PhoneErrorCode,
    message: string,
    options: { cause?: unknown; status?: number } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.status = options.status
  }
}

/** Twirp's error codes that this API answers with, and the HTTP status of each (Twirp's specification, version 7). */
const httpStatuses = {
  aborted: 409,
  bad_route: 404,
  canceled: 408,
  deadline_exceeded: 408,
  failed_precondition: 412,
  internal: 500,
  invalid_argument: 400,
  malformed: 400,
  not_found: 404,
  out_of_range: 400,
  permission_denied: 403,
  resource_exhausted: 429,
  unauthenticated: 401,
  unavailable: 503,
} as const
export type TwirpCode = keyof typeof httpStatuses

/** What a request to the SIP API ends with when it does not succeed; `meta` is sent along. */
export class SipApiError extends Error {
  override readonly name = 'SipApiError'
  readonly code: TwirpCode
  readonly meta: Readonly<Record<string, string>> | undefined

  constructor(
    code: TwirpCode,
    message: string,
    options: { cause?: unknown; meta?: Readonly<Record<string, string>> } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.meta = options.meta
  }

  get httpStatus(): number {
    return httpStatuses[this.code]
  }

  /** The response's body. */
  toBody(): object {
    const { code, message, meta } = this
    return { code, msg: message, ...(meta && { meta }) }
  }
}

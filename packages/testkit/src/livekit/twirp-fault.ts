export type TwirpCode =
  | 'bad_route'
  | 'invalid_argument'
  | 'not_found'
  | 'unauthenticated'
  | 'permission_denied'
  | 'unavailable'
  | 'internal'

/** HTTP status of each code. Source: Twirp's specification, version 7. */
export const twirpStatus: Readonly<Record<TwirpCode, number>> = {
  bad_route: 404,
  invalid_argument: 400,
  not_found: 404,
  unauthenticated: 401,
  permission_denied: 403,
  unavailable: 503,
  internal: 500,
}

export class TwirpFault extends Error {
  override readonly name = 'TwirpFault'
  readonly code: TwirpCode

  constructor(code: TwirpCode, message: string) {
    super(message)
    this.code = code
  }
}

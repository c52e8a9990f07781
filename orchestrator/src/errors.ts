import { closeCode, type OrchestratorMessageOf } from '@trunkline/contracts'

export type OrchestratorErrorCode =
  | 'bad-request'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'unavailable'

/** A request that cannot be served; `message` is for the client and repeats none of its values. */
export class OrchestratorError extends Error {
  override readonly name = 'OrchestratorError'
  readonly code: OrchestratorErrorCode
  readonly retryable: boolean

  constructor(code: OrchestratorErrorCode, message: string, options: ErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.retryable = code === 'unavailable'
  }
}

export interface HttpFault {
  readonly status: number
  readonly body: { readonly error: { readonly code: string; readonly message: string } }
}

const statusByCode: Readonly<Record<OrchestratorErrorCode, number>> = {
  'bad-request': 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  unavailable: 503,
}

/** Codes fastify gives its own refusals, by status. */
const codeByStatus: Readonly<Record<number, string>> = {
  400: 'bad-request',
  413: 'too-large',
  415: 'unsupported-media-type',
}

/** The HTTP answer to any error; what is not known is 500 and says nothing of its cause. */
export function toHttpFault(error: unknown): HttpFault {
  if (error instanceof OrchestratorError) {
    return fault(statusByCode[error.code], error.code, error.message)
  }
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    const code = codeByStatus[error.statusCode]
    if (code !== undefined) return fault(error.statusCode, code, error.message)
  }
  return fault(500, 'internal', 'something went wrong on our side')
}

function fault(status: number, code: string, message: string): HttpFault {
  return { status, body: { error: { code, message } } }
}

type ChannelErrorCode = OrchestratorMessageOf<'error'>['code']

/** How the channel is closed after an `error`; undefined when the call goes on. */
export function toCloseCode(
  code: ChannelErrorCode,
  { retryable }: { retryable: boolean },
): number | undefined {
  switch (code) {
    case 'bad-message':
    case 'unknown-type':
      return undefined
    case 'superseded':
      return closeCode.superseded
    case 'unavailable':
      return retryable ? closeCode.goingAway : closeCode.refused
    case 'unsupported-protocol':
    case 'unknown-line':
    case 'not-hello':
      return closeCode.refused
  }
}

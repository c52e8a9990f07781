import { type CallState, closeCode, type OrchestratorMessageOf } from '@trunkline/contracts'

export type OrchestratorErrorCode =
  | 'bad-request'
  | 'unauthorized'
  | 'forbidden'
  | 'not-found'
  /** Not in the state the call is in, which `state` tells. */
  | 'conflict'
  /** An Idempotency-Key that came before with another request. */
  | 'key-reused'
  | 'too-many-requests'
  | 'not-supported'
  | 'agent-failed'
  | 'unavailable'

/** A request that cannot be served; `message` is for the client and repeats none of its values. */
export class OrchestratorError extends Error {
  override readonly name = 'OrchestratorError'
  readonly code: OrchestratorErrorCode
  readonly retryable: boolean
  readonly state: CallState | undefined

  constructor(
    code: OrchestratorErrorCode,
    message: string,
    options: ErrorOptions & { state?: CallState } = {},
  ) {
    super(message, options)
    this.code = code
    this.retryable = code === 'unavailable' || code === 'too-many-requests'
    this.state = options.state
  }
}

export interface HttpFault {
  readonly status: number
  readonly body: {
    readonly error: {
      readonly code: string
      readonly message: string
      /** The call's, with 409. */
      readonly state?: CallState
    }
  }
}

const statusByCode: Readonly<Record<OrchestratorErrorCode, number>> = {
  'bad-request': 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'key-reused': 422,
  'too-many-requests': 429,
  'not-supported': 501,
  'agent-failed': 502,
  unavailable: 503,
}

/** Codes fastify gives its own refusals, by status. */
const codeByStatus: Readonly<Record<number, string>> = {
  400: 'bad-request',
  404: 'not-found',
  413: 'too-large',
  414: 'bad-request',
  415: 'unsupported-media-type',
}

/** fastify's own messages may repeat what was sent. */
const messageByStatus: Readonly<Record<number, string>> = {
  400: 'body: not valid JSON, or the address is not valid',
  404: 'there is nothing here',
  413: 'Request body is too large',
  414: 'the address is too long',
  415: 'the body must be application/json',
}

/** The HTTP answer to any error; what is not known is 500 and says nothing of its cause. */
export function toHttpFault(error: unknown): HttpFault {
  if (error instanceof OrchestratorError) {
    const { code, message, state } = error
    const body = { code, message, ...(state === undefined ? {} : { state }) }
    return { status: statusByCode[code], body: { error: body } }
  }
  if (error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number') {
    const code = codeByStatus[error.statusCode]
    const message = messageByStatus[error.statusCode]
    if (code !== undefined && message !== undefined) return fault(error.statusCode, code, message)
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

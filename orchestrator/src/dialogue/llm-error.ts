import { APIConnectionError, APIError } from 'openai'

/**
 * - `unauthorized`: the key is missing or wrong
 * - `not-found`: no such model or path
 * - `bad-request`: the server does not take what we send
 * - `tools-off`: the server has tool calling switched off
 * - `rate-limited`, `unavailable` (5xx, no connection), `timeout`
 * - `cut-off`: the stream ended in the middle
 * - `bad-response`: not what an OpenAI-compatible server sends
 * - `empty-reply`: the model said nothing
 * - `too-many-steps`: the model went on calling tools
 */
export type LlmErrorCode =
  | 'unauthorized'
  | 'not-found'
  | 'bad-request'
  | 'tools-off'
  | 'rate-limited'
  | 'unavailable'
  | 'timeout'
  | 'cut-off'
  | 'bad-response'
  | 'empty-reply'
  | 'too-many-steps'

const messages: Readonly<Record<LlmErrorCode, string>> = {
  unauthorized: 'the model server refuses the key',
  'not-found': 'the model server does not know the model or the path',
  'bad-request': 'the model server does not take the request',
  'tools-off': 'the model server has tool calling switched off: it needs --enable-auto-tool-choice',
  'rate-limited': 'the model server is asked too often',
  unavailable: 'the model server is not available',
  timeout: 'the model server did not answer in time',
  'cut-off': 'the model server’s answer broke off',
  'bad-response': 'the model server’s answer is not readable',
  'empty-reply': 'the model said nothing',
  'too-many-steps': 'the model went on calling tools',
}

const retryable: ReadonlySet<LlmErrorCode> = new Set([
  'rate-limited',
  'unavailable',
  'timeout',
  'cut-off',
  'bad-response',
])

/** The model could not answer. `retryable` holds only as long as nothing of the answer was used. */
export class LlmError extends Error {
  override readonly name = 'LlmError'
  readonly code: LlmErrorCode
  readonly retryable: boolean
  /** What the server said; it may repeat the conversation. */
  readonly pii: { readonly detail: string } | undefined

  constructor(code: LlmErrorCode, options: { cause?: unknown; detail?: string } = {}) {
    super(messages[code], options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.retryable = retryable.has(code)
    this.pii = options.detail === undefined ? undefined : { detail: options.detail }
  }
}

/**
 * The one place where foreign errors of a model call are classified. Servers repeat the request in their error
 * texts, so the text lies under `pii` and the cause keeps only what it is.
 */
export function toLlmError(error: unknown): LlmError {
  if (error instanceof LlmError) return error
  const detail = error instanceof Error ? error.message : String(error)
  const cause = new Error(nameOf(error))
  return new LlmError(codeOf(error, detail), { cause, detail })
}

function codeOf(error: unknown, detail: string): LlmErrorCode {
  if (error instanceof APIConnectionError) return 'unavailable'
  if (error instanceof SyntaxError) return 'bad-response'
  // undici breaks a body's iteration with a TypeError ("terminated") when the connection is cut.
  if (!(error instanceof APIError)) return 'cut-off'
  const { status } = error
  if (status === undefined) return 'cut-off' // an error event inside of the stream
  if (status === 401 || status === 403) return 'unauthorized'
  if (status === 404) return 'not-found'
  if (status === 408) return 'timeout'
  if (status === 429) return 'rate-limited'
  if (status >= 500) return 'unavailable'
  return detail.includes('enable-auto-tool-choice') ? 'tools-off' : 'bad-request'
}

function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  return error instanceof APIError && error.status !== undefined
    ? `${error.name} ${error.status}`
    : error.name
}

/** A refusal that goes out in OpenAI's error format. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly type: string
  readonly param: string | null
  readonly headers: Readonly<Record<string, string>>

  constructor(
    status: number,
    message: string,
    options: { type?: string; param?: string; headers?: Readonly<Record<string, string>> } = {},
  ) {
    super(message)
    this.status = status
    this.type = options.type ?? typeOfStatus[status] ?? 'InternalServerError'
    this.param = options.param ?? null
    this.headers = options.headers ?? {}
  }

  /** The response's body. */
  toBody(): object {
    const { message, type, param, status } = this
    return { error: { message, type, param, code: status } }
  }
}

// vLLM's names; the openai client classifies by status alone.
const typeOfStatus: Readonly<Record<number, string>> = {
  400: 'BadRequestError',
  401: 'AuthenticationError',
  404: 'NotFoundError',
  413: 'BadRequestError',
  415: 'BadRequestError',
  429: 'RateLimitError',
  500: 'InternalServerError',
}

export interface LoggedRequest {
  /** Milliseconds since 1970. */
  readonly at: number
  readonly headers: Readonly<Record<string, unknown>>
  readonly body: unknown
}

/** The last requests as they came in, so that tests can read a client's settings off the wire. */
export class RequestLog {
  readonly #limit: number
  #requests: LoggedRequest[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  add(request: LoggedRequest): void {
    this.#requests = [...this.#requests, request].slice(-this.#limit)
  }

  /** Oldest first. */
  list(): readonly LoggedRequest[] {
    return this.#requests
  }

  clear(): void {
    this.#requests = []
  }
}

import type { ServerResponse } from 'node:http'

/** Writes server-sent events of JSON, each handed to the system before the next: a slow reader slows it. */
export class SseWriter {
  readonly #response: ServerResponse
  readonly #signal: AbortSignal

  constructor(response: ServerResponse, signal: AbortSignal) {
    this.#response = response
    this.#signal = signal
  }

  start(): void {
    this.#response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache',
      connection: 'keep-alive',
    })
    this.#response.flushHeaders()
  }

  /** @throws {Error} `AbortError` when the client has gone */
  async send(data: object | '[DONE]'): Promise<void> {
    this.#signal.throwIfAborted()
    const text = typeof data === 'string' ? data : JSON.stringify(data)
    await new Promise<void>((resolve, reject) => {
      const leave = () => reject(this.#signal.reason)
      this.#signal.addEventListener('abort', leave, { once: true })
      this.#response.write(`data: ${text}\n\n`, (error) => {
        this.#signal.removeEventListener('abort', leave)
        if (error) reject(error)
        else resolve()
      })
    })
  }

  end(): void {
    this.#response.end()
  }
}

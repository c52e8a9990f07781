import { once } from 'node:events'
import type { ServerResponse } from 'node:http'

/** Writes server-sent events of JSON, waiting while the client does not read. */
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
    if (!this.#response.write(`data: ${text}\n\n`)) {
      await once(this.#response, 'drain', { signal: this.#signal })
    }
  }

  end(): void {
    this.#response.end()
  }
}

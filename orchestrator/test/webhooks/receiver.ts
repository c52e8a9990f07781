import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http'
import { text } from 'node:stream/consumers'
import { type OwnerWebhook, ownerWebhook } from '@trunkline/contracts'
import { onTestFinished } from 'vitest'

export interface Received {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  readonly message: OwnerWebhook
}

/** Answers one request; `count` is its number at this receiver, from 1 on. */
export type Answer = (response: ServerResponse, received: Received, count: number) => void

export interface Receiver {
  readonly port: number
  readonly url: string
  /** Every request, whatever was answered. */
  readonly requests: readonly Received[]
  /** Waits until so many requests have come that fit. */
  until(count: number, fits?: (received: Received) => boolean): Promise<readonly Received[]>
  answer: Answer
  close(): Promise<void>
}

export const ok: Answer = (response) => void response.writeHead(204).end()
export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(code, headers).end()

/** An owner's HTTP server. */
export async function startReceiver(
  answer: Answer = ok,
  { port = 0 }: { port?: number } = {},
): Promise<Receiver> {
  const requests: Received[] = []
  const waiting = new Set<() => void>()
  const take = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await text(request)
    const message = ownerWebhook.parse(JSON.parse(body))
    const received = { path: request.url ?? '', headers: request.headers, body, message }
    requests.push(received)
    receiver.answer(response, received, requests.length)
    for (const wake of waiting) wake()
  }
  const server = createServer((request, response) => {
    // A request that is broken off, or holds no message of ours, is for the test to miss.
    take(request, response).catch(() => response.destroy())
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const receiver: Receiver = {
    port: address.port,
    url: `http://127.0.0.1:${address.port}/hook`,
    requests,
    answer,
    async until(count, fits = () => true) {
      while (requests.filter(fits).length < count) {
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake)
            resolve()
          }
          waiting.add(wake)
        })
      }
      return requests.filter(fits)
    },
    async close() {
      server.closeAllConnections()
      if (!server.listening) return
      server.close()
      await once(server, 'close')
    },
  }
  onTestFinished(() => receiver.close())
  return receiver
}

import { once } from 'node:events'
import { createServer } from 'node:http'
import type { WebhookEvent } from 'livekit-server-sdk'
import { WebhookReceiver } from 'livekit-server-sdk'

/** A receiver of webhooks that checks each signature with LiveKit's own SDK. */
export interface WebhookSink {
  readonly url: string
  readonly events: readonly WebhookEvent[]
  /** Header values of the first request. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  /** Resolves with the first event of that name for the room. */
  next(event: string, room: string): Promise<WebhookEvent>
  /** Answers the next `count` requests with this status and takes nothing. */
  refuse(count: number, status: number): void
  close(): Promise<void>
}

export async function startWebhookSink(keys: {
  apiKey: string
  apiSecret: string
}): Promise<WebhookSink> {
  const receiver = new WebhookReceiver(keys.apiKey, keys.apiSecret)
  const events: WebhookEvent[] = []
  const waiting = new Set<() => void>()
  let headers: WebhookSink['headers'] = {}
  let refusals = { count: 0, status: 500 }
  const server = createServer((request, response) => {
    headers = request.headers
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', () => {
      if (refusals.count > 0) {
        refusals = { ...refusals, count: refusals.count - 1 }
        response.writeHead(refusals.status).end()
        return
      }
      receiver.receive(text, request.headers.authorization).then(
        (event) => {
          events.push(event)
          for (const wake of waiting) wake()
          response.writeHead(200).end()
        },
        () => response.writeHead(401).end(),
      )
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP port was given')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    events,
    get headers() {
      return headers
    },
    async next(event, room) {
      for (;;) {
        const found = events.find((one) => one.event === event && one.room?.name === room)
        if (found) return found
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake)
            resolve()
          }
          waiting.add(wake)
        })
      }
    },
    refuse(count, status) {
      refusals = { count, status }
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

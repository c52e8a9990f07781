import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { type ClaimGrants, TokenVerifier } from 'livekit-server-sdk'
import { TwirpFault, twirpStatus } from './twirp-fault.ts'

/** Answers one method; `body` is the request's JSON. */
export type TwirpMethod = (body: unknown, grants: ClaimGrants) => object

/** What the server does to requests instead of, or before, answering them. */
export interface ServerFaults {
  /** Every answer comes this much later. */
  readonly delayMs?: number
  /** Share of requests that are answered 503, from 0 to 1. */
  readonly errorRate?: number
  /** Only these methods, for example `DeleteRoom`; all without. */
  readonly methods?: readonly string[]
}

export interface TwirpServerOptions {
  readonly apiKey: string
  readonly apiSecret: string
  /** By `Service/Method`. */
  readonly methods: Readonly<Record<string, TwirpMethod>>
  readonly random: () => number
  readonly port: number
}

export interface TwirpServer {
  readonly url: string
  setFaults(faults: ServerFaults): void
  /** How often each method was asked for, by `Service/Method`. */
  readonly asked: ReadonlyMap<string, number>
  close(): Promise<void>
}

/** livekit-server's HTTP API in JSON: what livekit-server-sdk speaks. */
export async function startTwirpServer(options: TwirpServerOptions): Promise<TwirpServer> {
  const { apiKey, apiSecret, methods, random, port } = options
  const verifier = new TokenVerifier(apiKey, apiSecret)
  const asked = new Map<string, number>()
  let faults: ServerFaults = {}

  const answer = async (request: IncomingMessage) => {
    const path = /^\/twirp\/livekit\.(.+\/(.+))$/.exec(request.url ?? '')
    const method = methods[path?.[1] ?? '']
    if (!path || !method) throw new TwirpFault('bad_route', 'no handler for path')
    asked.set(path[1] ?? '', (asked.get(path[1] ?? '') ?? 0) + 1)
    const { delayMs = 0, errorRate = 0, methods: only } = faults
    if (!only || only.includes(path[2] ?? '')) {
      if (delayMs > 0) await sleep(delayMs)
      if (random() < errorRate) throw new TwirpFault('unavailable', 'a fault was wanted')
    }
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const grants = await verifier.verify(token).catch(() => {
      throw new TwirpFault('unauthenticated', 'invalid token')
    })
    return method(readJson(await readText(request)), grants)
  }
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/') {
      response.end('OK')
      return
    }
    answer(request).then(
      (message) => send(response, 200, message),
      (error: unknown) => sendFault(response, error),
    )
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP port was given')
  return {
    url: `http://127.0.0.1:${address.port}`,
    asked,
    setFaults(next) {
      faults = next
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw Object.assign(new TwirpFault('invalid_argument', 'the body is not JSON'), { cause })
  }
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function sendFault(response: ServerResponse, error: unknown): void {
  if (error instanceof TwirpFault) {
    send(response, twirpStatus[error.code], { code: error.code, msg: error.message })
  } else {
    send(response, 500, { code: 'internal', msg: String(error) })
  }
}

import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

export interface DroppingProxy {
  readonly url: string
  /** Bodies that were taken and thrown away. */
  readonly dropped: readonly string[]
  setTarget(url: string): void
  close(): Promise<void>
}

/** Stands in front of the webhook route and loses some: it says 200, as a network that failed later would. */
export async function startDroppingProxy(isDropped: (body: string) => boolean) {
  const dropped: string[] = []
  let target = ''
  const pass = async (request: IncomingMessage, response: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(Buffer.from(chunk))
    const body = Buffer.concat(chunks)
    if (isDropped(body.toString())) {
      dropped.push(body.toString())
      response.writeHead(200).end()
      return
    }
    const { authorization = '', 'content-type': type = '' } = request.headers
    const answer = await fetch(`${target}${request.url ?? ''}`, {
      method: 'POST',
      headers: { authorization, 'content-type': type },
      body,
    }).catch(() => undefined) // the service has not started yet, or has closed
    response.writeHead(answer?.status ?? 502).end()
  }
  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy()) // the sender has gone half-way
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP port was given')
  const proxy: DroppingProxy = {
    url: `http://127.0.0.1:${address.port}`,
    dropped,
    setTarget(url) {
      target = url
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return proxy
}

import { createServer, type IncomingMessage, type Server } from 'node:http'
import { onTestFinished } from 'vitest'

interface Asked {
  readonly method: string | undefined
  readonly url: string | undefined
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** Answers each request with the next of `answers`, a status or a status with a body. */
export async function serve(answers: readonly (number | { status: number; body: unknown })[]) {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    const pieces: Buffer[] = []
    request.on('data', (piece: Buffer) => pieces.push(piece))
    request.on('end', () => {
      const { method, url, headers } = request
      asked.push({ method, url, headers, body: Buffer.concat(pieces).toString() })
      const answer = answers[asked.length - 1] ?? 500
      const { status, body } = typeof answer === 'number' ? { status: answer, body: '' } : answer
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(body === '' ? undefined : JSON.stringify(body))
    })
  })
  return { asked, url: await listen(server), close: () => void server.close() }
}

/** The server's address; it is closed with the test. */
export async function listen(server: Server): Promise<string> {
  onTestFinished(() => void server.close())
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return `http://127.0.0.1:${port}`
}

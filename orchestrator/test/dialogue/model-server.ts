import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { defer } from './deferred.ts'

const chatRequest = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.string().nullish() })),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }) })).optional(),
  tool_choice: z.string().optional(),
})

export interface SeenRequest {
  readonly headers: IncomingHttpHeaders
  readonly body: z.infer<typeof chatRequest>
}

/** What the server does with one request; the last one is kept for all that follow. */
export type Answer = (response: ServerResponse, seen: SeenRequest) => void | Promise<void>

export interface ModelServer {
  /** With `/v1`. */
  readonly url: string
  readonly requests: readonly SeenRequest[]
  /** Paths asked for with GET. */
  readonly gets: readonly string[]
  /** Resolves when a connection whose answer was not finished is closed by the client. */
  aborted(): Promise<void>
  close(): Promise<void>
}

/** An HTTP server that answers chat requests as told, one answer after the other. */
export async function startModelServer(
  answers: readonly Answer[],
  { models = [] as readonly string[], modelsStatus = 200 } = {},
): Promise<ModelServer> {
  const requests: SeenRequest[] = []
  const gets: string[] = []
  const closed = defer()
  const server = createServer((request, response) => {
    if (request.method === 'GET') {
      gets.push(request.url ?? '')
      response.writeHead(modelsStatus, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ object: 'list', data: models.map((id) => ({ id })) }))
      return
    }
    response.on('close', () => {
      if (!response.writableFinished) closed.resolve()
    })
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (data: string) => {
      text += data
    })
    request.on('end', () => {
      const seen = { headers: request.headers, body: chatRequest.parse(JSON.parse(text)) }
      requests.push(seen)
      const answer = answers[Math.min(requests.length, answers.length) - 1]
      Promise.resolve(answer?.(response, seen)).catch((error: unknown) =>
        response.destroy(Error(String(error))),
      )
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP port')
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    requests,
    gets,
    aborted: () => closed.promise,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export type Delta = Readonly<Record<string, unknown>>

/** Starts an event stream with these deltas and leaves it open. */
export function sendDeltas(response: ServerResponse, deltas: readonly Delta[]): void {
  if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream' })
  for (const delta of deltas)
    sendChunk(response, { choices: [{ index: 0, delta, finish_reason: null }] })
}

export function sendChunk(
  response: ServerResponse,
  chunk: Readonly<Record<string, unknown>>,
): void {
  const frame = { id: 'c', object: 'chat.completion.chunk', created: 0, model: 'm', ...chunk }
  response.write(`data: ${JSON.stringify(frame)}\n\n`)
}

export const usage = { prompt_tokens: 10, completion_tokens: 3, total_tokens: 13 }

/** Ends an event stream the way vLLM does: finish reason, usage without choices, DONE. */
export function finishStream(response: ServerResponse, finishReason = 'stop'): void {
  sendChunk(response, { choices: [{ index: 0, delta: {}, finish_reason: finishReason }] })
  sendChunk(response, { choices: [], usage })
  response.end('data: [DONE]\n\n')
}

export const role = { role: 'assistant', content: '' }

/** Says the pieces. */
export const say =
  (...pieces: readonly string[]): Answer =>
  (response) => {
    sendDeltas(response, [role, ...pieces.map((content) => ({ content }))])
    finishStream(response)
  }

export interface CalledTool {
  readonly id?: string
  readonly name: string
  readonly args?: object | string
}

/** Calls tools, arguments in small fragments, after saying `text`. */
export const callTools =
  (calls: readonly CalledTool[], { text = '', finishReason = 'tool_calls' } = {}): Answer =>
  (response) => {
    sendDeltas(response, text === '' ? [role] : [role, { content: text }])
    for (const [index, { id = `call-${index}`, name, args = {} }] of calls.entries()) {
      const json = typeof args === 'string' ? args : JSON.stringify(args)
      const first = { index, id, type: 'function', function: { name, arguments: '' } }
      const rest = (json.match(/.{1,5}/gs) ?? []).map((part) => ({
        tool_calls: [{ index, function: { arguments: part } }],
      }))
      sendDeltas(response, [{ content: null, tool_calls: [first] }, ...rest])
    }
    finishStream(response, finishReason)
  }

export const callTool = (name: string, args: object | string = {}, text = ''): Answer =>
  callTools([{ name, args }], { text })

/** Refuses with a status and OpenAI's error body. */
export const refuse =
  (status: number, message = 'no'): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ error: { message, code: status } }))
  }

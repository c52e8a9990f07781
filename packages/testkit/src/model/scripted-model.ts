import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

const chatRequest = z.looseObject({
  messages: z.array(z.looseObject({ role: z.string(), content: z.string().nullish() })),
})

/** One request, as it was answered. */
export interface AnsweredRequest {
  /** The label of the caller's turn. */
  readonly label: string
  /** `performance.now()` when the whole request was here, and when its first sentence was written. */
  readonly askedAt: number
  readonly answeredAt: number
}

export interface ScriptedModelOptions {
  /** Before each sentence; 0 by default. */
  readonly sentenceMs?: number
  readonly onAnswered?: (request: AnsweredRequest) => void
}

export interface ScriptedModel {
  /** With `/v1`. */
  readonly url: string
  readonly requests: number
  close(): Promise<void>
}

const parts = ['alpha', 'bravo', 'charlie', 'delta', 'echo', 'foxtrot', 'golf', 'hotel']
const takes = ['red', 'green', 'blue', 'white', 'black', 'grey', 'brown', 'pink']

/** What the caller says to have `sentences` sentences said, recognisable by a label of small letters. */
export function askForSentences(sentences: number, label: string): string {
  return `say ${sentences} ${label}`
}
export const askForGoodbye = 'goodbye'

/**
 * An OpenAI-compatible model that says what the caller asks for: "say 3 tango" gives three sentences. Each request
 * about one label uses another colour, so a sentence that was made twice is told from one that was sent twice. A
 * conversation that ends with the assistant's words is gone on with after them.
 */
export async function startScriptedModel(
  options: ScriptedModelOptions = {},
): Promise<ScriptedModel> {
  const { sentenceMs = 0, onAnswered } = options
  const asked = new Map<string, number>()
  let requests = 0

  const answer = async (response: ServerResponse, text: string) => {
    const askedAt = performance.now()
    requests += 1
    const { messages } = chatRequest.parse(JSON.parse(text))
    const lastUser = messages.findLastIndex(({ role }) => role === 'user')
    const caller = messages[lastUser]?.content ?? ''
    const prefix = messages.slice(lastUser + 1).map(({ content }) => content ?? '')
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    sendDelta(response, { role: 'assistant', content: '' })
    const saysGoodbye = caller.lastIndexOf(askForGoodbye) > caller.lastIndexOf('say ')
    const hasActed = messages.slice(lastUser + 1).some(({ role }) => role === 'tool')
    // What the caller said before an interrupted reply may stand in the same message: the last wish counts.
    const wanted = saysGoodbye ? undefined : [...caller.matchAll(/say (\d) ([a-z]+)\b/g)].at(-1)
    if (wanted) {
      const label = wanted[2] ?? ''
      const take = asked.get(label) ?? 0
      asked.set(label, take + 1)
      const said = prefix.join(' ').match(/\bPart \w+ of/g)?.length ?? 0
      for (let index = said; index < Number(wanted[1]); index += 1) {
        if (sentenceMs > 0) await sleep(sentenceMs)
        if (response.destroyed) return
        const colour = takes[take % takes.length]
        sendDelta(response, { content: `Part ${parts[index]} of ${label} is ${colour}. ` })
        if (index === said) onAnswered?.({ label, askedAt, answeredAt: performance.now() })
      }
    } else if (!hasActed) {
      sendDelta(response, { content: 'Goodbye then. ' })
      if (saysGoodbye) sendDelta(response, { tool_calls: [endCall] })
    }
    const finish = saysGoodbye && !hasActed ? 'tool_calls' : 'stop'
    sendChunk(response, { choices: [{ index: 0, delta: {}, finish_reason: finish }] })
    sendChunk(response, {
      choices: [],
      usage: { prompt_tokens: 10, completion_tokens: 10, total_tokens: 20 },
    })
    response.end('data: [DONE]\n\n')
  }
  const server = createServer({ keepAlive: true, noDelay: true }, (request, response) => {
    if (request.method === 'GET') {
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ object: 'list', data: [{ id: scriptedModelName }] }))
      return
    }
    let text = ''
    request.setEncoding('utf8')
    request.on('data', (chunk: string) => {
      text += chunk
    })
    request.on('end', () => {
      answer(response, text).catch((error: unknown) => response.destroy(Error(String(error))))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no TCP port was given')
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    get requests() {
      return requests
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export const scriptedModelName = 'scripted'

const endCall = {
  ...{ index: 0, id: 'call-0', type: 'function' },
  function: { name: 'end_call', arguments: '{"reason":"goodbye"}' },
}

function sendDelta(response: ServerResponse, delta: object): void {
  sendChunk(response, { choices: [{ index: 0, delta, finish_reason: null }] })
}

function sendChunk(response: ServerResponse, chunk: object): void {
  const frame = { id: 'c', object: 'chat.completion.chunk', created: 0, model: scriptedModelName }
  response.write(`data: ${JSON.stringify({ ...frame, ...chunk })}\n\n`)
}

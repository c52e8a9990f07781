import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'

/** What the caller is told once the ledger has the reservation. */
export const confirmation = /Confirmed as number (\d+)/

const request = z.looseObject({
  messages: z.array(z.looseObject({ role: z.string(), content: z.string().nullish() })),
})
const wish = /book from (\S+) to (\S+) for (\w+)/

/**
 * An OpenAI-compatible model that books what it is asked for at once, and confirms it only by the result. What it says
 * depends on the conversation alone, as a model's answer does not: a turn that is run again says the same words.
 */
export async function startBookingModel(): Promise<{ url: string; close(): Promise<void> }> {
  const answer = async (incoming: IncomingMessage, response: ServerResponse) => {
    if (incoming.method === 'GET') {
      response.end(
        JSON.stringify({ object: 'list', data: [{ id: 'test-model', object: 'model' }] }),
      )
      return
    }
    let body = ''
    for await (const chunk of incoming) body += String(chunk)
    const { messages } = request.parse(JSON.parse(body))
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    const send = (delta: object, finish: string | null = null) => {
      const choices = [{ index: 0, delta, finish_reason: finish }]
      const chunk = {
        id: 'x',
        object: 'chat.completion.chunk',
        created: 0,
        model: 'test-model',
        choices,
      }
      response.write(`data: ${JSON.stringify(chunk)}\n\n`)
    }
    const asked = messages.findLastIndex(({ role }) => role === 'user')
    const result = messages.slice(asked + 1).findLast(({ role }) => role === 'tool')
    const number = /"reservation_number":\s*"(\d+)"/.exec(result?.content ?? '')?.[1]
    const [, from, to, guest] = wish.exec(messages[asked]?.content ?? '') ?? []
    if (number !== undefined) send({ content: `Confirmed as number ${number}. ` }, 'stop')
    else if (result !== undefined || guest === undefined)
      send({ content: 'Nothing was booked. ' }, 'stop')
    else {
      const args = { room_type: 'double', check_in: from, check_out: to, guest_name: guest }
      const call = { name: 'create_reservation', arguments: JSON.stringify(args) }
      send({ tool_calls: [{ index: 0, id: 'c1', type: 'function', function: call }] }, 'tool_calls')
    }
    response.end('data: [DONE]\n\n')
  }
  const server = createServer((incoming, response) => {
    answer(incoming, response).catch(() => response.destroy()) // its client was killed
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = z.object({ port: z.number() }).parse(server.address())
  return {
    url: `http://127.0.0.1:${address.port}/v1`,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

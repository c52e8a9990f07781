import { once } from 'node:events'
import { createServer } from 'node:http'
import {
  type AgentMessage,
  agentMessage,
  type FixedWords,
  type SpokenLines,
} from '@trunkline/contracts'
import { WebSocketServer } from 'ws'
import { type Scripted, welcome } from './scripted-orchestrator.ts'

type Hello = Extract<AgentMessage, { type: 'hello' }>

/** An orchestrator's channel that welcomes every job and keeps what each has said. */
export interface ManyCalls {
  readonly url: string
  /** Hellos in the order in which they came. */
  readonly hellos: readonly Hello[]
  /** Types of a job's messages so far. */
  told(jobId: string): readonly AgentMessage['type'][]
  /** Reasons with which calls have ended, in that order. */
  readonly endings: readonly string[]
  close(): Promise<void>
}

export interface ManyCallsOptions {
  /** Whom it welcomes: everybody by default. Others wait for an answer. */
  readonly welcomes?: (hello: Hello) => boolean
  /** What it answers agents that ask for fixed words; none by default. */
  readonly spoken?: SpokenLines
  /** Told of everything; `say` sends to the same job. */
  readonly onMessage?: (message: AgentMessage, say: (message: Scripted) => void) => void
  /** Added to every welcome. */
  readonly also?: Partial<typeof welcome> & { bridging?: FixedWords }
}

export async function startManyCalls({
  welcomes = () => true,
  spoken = { lines: [] },
  onMessage = () => {},
  also = {},
}: ManyCallsOptions = {}): Promise<ManyCalls> {
  const hellos: Hello[] = []
  const told = new Map<string, AgentMessage['type'][]>()
  const endings: string[] = []
  const server = createServer((request, response) => {
    const isKnown = request.url === '/v1/lines/spoken'
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' })
    response.end(JSON.stringify(isKnown ? spoken : {}))
  })
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => {
    let jobId = ''
    let seq = 0
    const say = (message: Scripted) => {
      seq += 1
      socket.send(JSON.stringify({ ...message, seq, at: Date.now() }))
    }
    socket.on('message', (data) => {
      const message = agentMessage.parse(JSON.parse(String(data)))
      if (message.type === 'ack') return
      if (message.type === 'hello') {
        jobId = message.jobId
        hellos.push(message)
        if (welcomes(message) && message.resumeFrom === 0) say({ ...welcome, ...also })
      }
      told.set(jobId, [...(told.get(jobId) ?? []), message.type])
      if (message.type === 'call-ended') endings.push(message.reason)
      onMessage(message, say)
      socket.send(JSON.stringify({ type: 'ack', upTo: message.seq }))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}`,
    hellos,
    told: (id) => told.get(id) ?? [],
    endings,
    async close() {
      for (const client of sockets.clients) client.terminate()
      server.close()
      await once(server, 'close')
    },
  }
}

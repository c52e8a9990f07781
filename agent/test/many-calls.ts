import { once } from 'node:events'
import { createServer } from 'node:http'
import { type AgentMessage, agentMessage } from '@trunkline/contracts'
import { WebSocketServer } from 'ws'
import { welcome } from './scripted-orchestrator.ts'

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

/** With `isWelcoming` false it takes every hello and never answers, so that jobs wait. */
export async function startManyCalls({
  isWelcoming = true,
}: {
  isWelcoming?: boolean
} = {}): Promise<ManyCalls> {
  const hellos: Hello[] = []
  const told = new Map<string, AgentMessage['type'][]>()
  const endings: string[] = []
  const server = createServer()
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket) => {
    let jobId = ''
    socket.on('message', (data) => {
      const message = agentMessage.parse(JSON.parse(String(data)))
      if (message.type === 'ack') return
      if (message.type === 'hello') {
        jobId = message.jobId
        hellos.push(message)
        const answer = { ...welcome, seq: 1, at: Date.now() }
        if (isWelcoming && message.resumeFrom === 0) socket.send(JSON.stringify(answer))
      }
      told.set(jobId, [...(told.get(jobId) ?? []), message.type])
      if (message.type === 'call-ended') endings.push(message.reason)
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

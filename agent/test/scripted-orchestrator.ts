import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import { type AgentMessage, agentMessage, type OrchestratorMessage } from '@trunkline/contracts'
import { type WebSocket, WebSocketServer } from 'ws'

type Without<T, Keys extends string> = T extends unknown ? Omit<T, Keys> : never
export type Scripted = Without<Exclude<OrchestratorMessage, { type: 'ack' }>, 'seq' | 'at'>

export const welcome = {
  type: 'welcome',
  callId: 'call-1',
  epoch: 1,
  line: { id: 'test', name: 'Test' },
  greeting: { text: 'Hello.', language: 'en', voice: '', interruptible: true },
  voice: { language: 'en', name: '' },
  turnTaking: {
    minEndpointingDelayMs: 300,
    maxEndpointingDelayMs: 800,
    minInterruptionMs: 300,
    falseInterruptionTimeoutMs: 1500,
    wordlessInterruptionMs: 1200,
    dictationPauseMs: 1500,
    // What is told depends on nothing but what is said.
    maxSpeculations: 0,
    adaptToCaller: true,
  },
  limits: { callSeconds: 600, silenceSeconds: 30 },
  keyterms: ['Harbour Hotel', 'double room'],
  apology: { text: 'Sorry, goodbye.', language: 'en', voice: '' },
} satisfies Scripted

export interface ScriptedOrchestrator {
  readonly url: string
  readonly received: readonly AgentMessage[]
  readonly connections: number
  say(message: Scripted): void
  /** The first message, received or to come, that `matches`. */
  seen<T extends AgentMessage['type']>(
    type: T,
    matches?: (message: Extract<AgentMessage, { type: T }>) => boolean,
  ): Promise<Extract<AgentMessage, { type: T }>>
  /** Forgets what came: the next connection is another job's. */
  reset(): void
  /** Breaks the connection the hard way, or closes it with a code. */
  drop(code?: number): void
  close(): Promise<void>
}

export interface Script {
  readonly onMessage?: (message: AgentMessage, self: ScriptedOrchestrator) => void
  readonly acknowledge?: (message: AgentMessage) => boolean
  readonly refuse?: (request: IncomingMessage) => number | undefined
}

/** An orchestrator's channel that answers from a script; strict about what it is sent. */
export async function startOrchestrator(script: Script = {}): Promise<ScriptedOrchestrator> {
  const { onMessage, acknowledge = () => true, refuse } = script
  const received: AgentMessage[] = []
  const waiting = new Set<() => void>()
  const sent: (Scripted & { seq: number; at: number })[] = []
  let socket: WebSocket | undefined
  let connections = 0
  let handled = 0

  const server: Server = createServer()
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, raw, head) => {
    const status = refuse?.(request)
    if (status) {
      raw.end(`HTTP/1.1 ${status} no\r\ncontent-length: 0\r\n\r\n`)
      return
    }
    sockets.handleUpgrade(request, raw, head, (opened) => {
      connections += 1
      socket = opened
      opened.on('message', (data) => {
        const message = agentMessage.parse(JSON.parse(String(data)))
        if (message.type === 'ack') return
        if (message.type === 'hello') {
          for (const old of sent) if (old.seq > message.resumeFrom) opened.send(JSON.stringify(old))
        }
        if (acknowledge(message)) opened.send(JSON.stringify({ type: 'ack', upTo: message.seq }))
        if (message.type !== 'hello' && message.seq <= handled) return
        handled = Math.max(handled, message.seq)
        received.push(message)
        for (const wake of waiting) wake()
        onMessage?.(message, self)
      })
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (!address || typeof address === 'string') throw new Error('no port')

  const self: ScriptedOrchestrator = {
    url: `http://127.0.0.1:${address.port}`,
    received,
    get connections() {
      return connections
    },
    say(message) {
      const numbered = { ...message, seq: sent.length + 1, at: Date.now() }
      sent.push(numbered)
      socket?.send(JSON.stringify(numbered))
    },
    seen(type, matches = () => true) {
      return new Promise((resolve) => {
        const look = () => {
          for (const message of received) {
            if (isOfType(message, type) && matches(message)) {
              waiting.delete(look)
              resolve(message)
              return
            }
          }
        }
        waiting.add(look)
        look()
      })
    },
    reset() {
      received.length = 0
      sent.length = 0
      handled = 0
    },
    drop(code) {
      if (code === undefined) socket?.terminate()
      else socket?.close(code)
    },
    async close() {
      if (server.address() === null) return // closed by a test already
      for (const client of sockets.clients) client.terminate()
      server.close()
      await once(server, 'close')
    },
  }
  return self
}

function isOfType<T extends AgentMessage['type']>(
  message: AgentMessage,
  type: T,
): message is Extract<AgentMessage, { type: T }> {
  return message.type === type
}

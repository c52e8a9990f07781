import { once } from 'node:events'
import { type OrchestratorMessage, orchestratorMessage } from '@trunkline/contracts'
import { WebSocket } from 'ws'

/** One connection of an agent job to `/v1/channel`, by hand. */
export interface AgentSocket {
  readonly isOpen: boolean
  /** Code of the close, once the socket has closed; 1006 when it broke. */
  readonly closed: Promise<number>
  send(message: object): void
  sendRaw(data: string | Buffer): void
  /** Neither reads nor answers pings until `resume`: a process that hangs. */
  pause(): void
  resume(): void
  close(code?: number): void
  /** Breaks the connection like a process that was killed. */
  kill(): void
}

export interface AgentSocketOptions {
  /** `http://host:port` of the orchestrator or of what stands in front of it. */
  readonly url: string
  readonly token: string
  /** Each message, checked by the contracts' schema. */
  readonly onMessage: (message: OrchestratorMessage) => void
  readonly timeoutMs?: number
}

/**
 * @throws {Error} with the status when the upgrade is refused, or when nothing answers
 */
export async function openAgentSocket(options: AgentSocketOptions): Promise<AgentSocket> {
  const { url, token, onMessage, timeoutMs = 5000 } = options
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/v1/channel`, {
    headers: { authorization: `Bearer ${token}` },
    handshakeTimeout: timeoutMs,
  })
  socket.on('message', (data) => onMessage(orchestratorMessage.parse(JSON.parse(data.toString()))))
  const closed = new Promise<number>((resolve) => socket.once('close', resolve))
  await once(socket, 'open')
  socket.on('error', () => socket.terminate()) // `close` follows and is what counts
  return {
    get isOpen() {
      return socket.readyState === socket.OPEN
    },
    closed,
    send: (message) => socket.send(JSON.stringify(message), ignoreLost),
    sendRaw: (data) => socket.send(data, ignoreLost),
    pause: () => socket.pause(),
    resume: () => socket.resume(),
    close: (code = 1000) => socket.close(code),
    kill: () => socket.terminate(),
  }
}

/** A message that was not sent any more is one that got lost: the test is about what follows. */
function ignoreLost(): void {}

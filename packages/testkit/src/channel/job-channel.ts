import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AgentMessage,
  channelProtocol,
  closeCode,
  createInbox,
  createOutbox,
  type OrchestratorMessage,
} from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import { type AgentSocket, openAgentSocket } from './agent-socket.ts'

type Without<T, Keys extends string> = T extends unknown ? Omit<T, Keys> : never
type Numbered = Exclude<AgentMessage, { type: 'ack' }>
/** What an agent says, before it has its number and time. */
export type AgentDraft = Without<Numbered, 'seq' | 'at'>

/** Why a job has no channel any more. `killed` and `closed` are the test's own doing. */
export type JobEnd = 'fenced' | 'refused' | 'killed' | 'closed'

export interface SimulatedJob {
  readonly room: string
  readonly roomSid: string
  readonly jobId: string
  readonly metadata: string
}

export interface JobChannelOptions {
  readonly url: () => string
  readonly token: string
  readonly job: SimulatedJob
  readonly onMessage: (message: Exclude<OrchestratorMessage, { type: 'ack' }>) => void
  readonly onConnected?: () => void
}

/** One job's end of the call channel: numbers, acknowledges and sends again, through any number of connections. */
export interface JobChannel {
  readonly job: SimulatedJob
  readonly isConnected: boolean
  /** Messages the orchestrator has not acknowledged. */
  readonly unacknowledged: number
  /** Connections that the orchestrator has answered. */
  readonly connections: number
  readonly ended: Promise<JobEnd>
  send(draft: AgentDraft): void
  /** Sends the last `count` messages once more, with the numbers they had. */
  sendAgain(count: number): void
  /** Breaks the connection; the job connects again. */
  drop(): void
  /** Neither reads nor writes for a while, as a process whose loop is stuck. */
  stall(ms: number): Promise<void>
  /** Ends the job as kill -9 does. */
  kill(): void
  close(): void
}

const maxPending = 5000
const keptForRepeats = 64
const reconnectMs = 25

export function openJobChannel(options: JobChannelOptions): JobChannel {
  const { url, token, job, onMessage, onConnected } = options
  const outbox = createOutbox<Numbered>({ maxPending })
  const inbox = createInbox()
  const sent: Numbered[] = []
  const stop = new AbortController()
  let resolveEnded: (end: JobEnd) => void = () => {}
  const ended = new Promise<JobEnd>((resolve) => {
    resolveEnded = resolve
  })
  let socket: AgentSocket | undefined
  let connections = 0
  let isStalled = false

  const end = (reason: JobEnd) => {
    if (stop.signal.aborted) return
    stop.abort()
    resolveEnded(reason)
  }
  const write = (message: object) => {
    if (!isStalled) socket?.send(message)
  }
  const hello = outbox.add((seq) => ({
    ...{ type: 'hello', seq, at: epochNow(), protocol: channelProtocol, resumeFrom: 0 },
    ...job,
  }))
  const receive = (message: OrchestratorMessage, isFirst: () => boolean) => {
    if (stop.signal.aborted) return
    if (isFirst()) {
      connections += 1
      onConnected?.()
    }
    if (message.type === 'ack') {
      outbox.acknowledge(message.upTo)
      return
    }
    const isFinalError = message.type === 'error' && !message.retryable
    if (isFinalError && message.code === 'superseded') end('fenced')
    else if (isFinalError && refusals.has(message.code)) end('refused')
    if (inbox.accept(message.seq)) onMessage(message)
    write({ type: 'ack', upTo: inbox.handled })
  }
  /** A process that hangs neither connects nor says hello. */
  const awake = async () => {
    while (isStalled && !stop.signal.aborted) await sleep(5)
  }
  const connect = async () => {
    let isNew = true
    const isFirst = () => {
      const was = isNew
      isNew = false
      return was
    }
    const opened = await openAgentSocket({
      ...{ url: url(), token },
      onMessage: (message) => receive(message, isFirst),
    })
    if (stop.signal.aborted) {
      opened.kill()
      return
    }
    await awake()
    socket = opened
    write({ ...hello, resumeFrom: inbox.handled })
    for (const message of outbox.pending()) if (message !== hello) write(message)
    const code = await opened.closed
    if (socket === opened) socket = undefined
    if (code === closeCode.superseded) end('fenced')
    if (code === closeCode.refused) end('refused')
  }
  const keepOpen = async () => {
    while (!stop.signal.aborted) {
      await awake()
      await connect().catch(() => {}) // nothing listens there just now: the next try follows
      await sleep(reconnectMs, undefined, { signal: stop.signal }).catch(() => {})
    }
  }
  void keepOpen()

  return {
    job,
    ended,
    get isConnected() {
      return socket?.isOpen ?? false
    },
    get unacknowledged() {
      return outbox.pending().length
    },
    get connections() {
      return connections
    },
    send(draft) {
      if (stop.signal.aborted) return
      const message = outbox.add((seq) => ({ ...draft, seq, at: epochNow() }))
      sent.push(message)
      if (sent.length > keptForRepeats) sent.shift()
      write(message)
    },
    sendAgain(count) {
      for (const message of sent.slice(-count)) write(message)
    },
    drop: () => socket?.kill(),
    async stall(ms) {
      isStalled = true
      const stalled = socket
      stalled?.pause()
      await sleep(ms)
      isStalled = false
      stalled?.resume()
      // What was said meanwhile is in the outbox; a process that wakes up writes it in order.
      for (const message of outbox.pending()) write(message)
    },
    kill() {
      end('killed')
      socket?.kill()
    },
    close() {
      end('closed')
      socket?.close()
    },
  }
}

const refusals = new Set(['unknown-line', 'unsupported-protocol', 'not-hello', 'unavailable'])

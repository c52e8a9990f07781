import {
  type AgentMessage,
  channelProtocol,
  createOutbox,
  type OrchestratorMessage,
  type OrchestratorMessageOf,
} from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import { type AgentDraft, openAgentSocket } from '@trunkline/testkit'
import { agentToken } from './service.ts'

export type Draft = AgentDraft

export interface AgentOptions {
  readonly room?: string
  readonly roomSid?: string
  readonly jobId?: string
  readonly metadata?: string
  readonly resumeFrom?: number
  /** Number of the first message. */
  readonly first?: number
}

/** An agent's end of the call channel, by hand. */
export interface TestAgent {
  /** Everything received so far, in order. */
  readonly received: readonly OrchestratorMessage[]
  /** Code of the close, once the socket has closed. */
  readonly closed: Promise<number>
  send(draft: Draft): number
  sendRaw(text: string): void
  ack(upTo: number): void
  /** The first message of a type that fits, waiting for it if need be. */
  next<T extends OrchestratorMessage['type']>(
    type: T,
    fits?: (message: OrchestratorMessageOf<T>) => boolean,
  ): Promise<OrchestratorMessageOf<T>>
  /** Breaks the connection like a process that was killed. */
  kill(): Promise<void>
  close(): Promise<void>
}

export async function connectAgent(url: string, options: AgentOptions = {}): Promise<TestAgent> {
  const received: OrchestratorMessage[] = []
  const waiting = new Set<() => void>()
  const outbox = createOutbox<Exclude<AgentMessage, { type: 'ack' }>>({
    maxPending: 1000,
    first: options.first ?? 1,
  })
  const wakeAll = () => {
    for (const wake of waiting) wake()
  }
  const socket = await openAgentSocket({
    ...{ url, token: agentToken },
    onMessage(message) {
      received.push(message)
      wakeAll()
    },
  })
  let isClosed = false
  const closed = socket.closed.then((code) => {
    isClosed = true
    wakeAll()
    return code
  })
  return {
    received,
    closed,
    send(draft) {
      const message = outbox.add((seq) => ({ ...draft, seq, at: epochNow() }))
      socket.send(message)
      return message.seq
    },
    sendRaw: (text) => socket.sendRaw(text),
    ack: (upTo) => socket.send({ type: 'ack', upTo }),
    async next(type, fits = () => true) {
      for (;;) {
        for (const message of received) {
          if (isOf(message, type) && fits(message)) return message
        }
        if (isClosed) throw new Error(`closed before ${type} came`)
        await new Promise<void>((resolve) => {
          const wake = () => {
            waiting.delete(wake)
            resolve()
          }
          waiting.add(wake)
        })
      }
    },
    async kill() {
      socket.kill()
      await closed
    },
    async close() {
      socket.close()
      await closed
    },
  }
}

function isOf<T extends OrchestratorMessage['type']>(
  message: OrchestratorMessage,
  type: T,
): message is OrchestratorMessageOf<T> {
  return message.type === type
}

let rooms = 0
/** A room, a job and their `hello`, unlike any other in this process. */
export function newJob(overrides: AgentOptions = {}) {
  rooms += 1
  const suffix = `${process.pid}-${rooms}`
  return {
    room: `call_100_${suffix.replace('-', '')}`,
    roomSid: `RM_${suffix}`,
    jobId: `AJ_${suffix}`,
    metadata: '',
    ...overrides,
  }
}

export type Job = ReturnType<typeof newJob>

export function hello(job: Job, { resumeFrom = 0 }: { resumeFrom?: number } = {}): Draft {
  const { room, roomSid, jobId, metadata } = job
  return { type: 'hello', protocol: channelProtocol, room, roomSid, jobId, metadata, resumeFrom }
}

/** An agent that has been welcomed. */
export async function joinCall(url: string, job: Job = newJob()) {
  const agent = await connectAgent(url)
  agent.send(hello(job))
  const welcome = await agent.next('welcome')
  return { agent, welcome, job, callId: welcome.callId }
}

/** A caller's turn as the agent reports it. */
export function turn(
  turnId: string,
  text: string,
  more: { supersedes?: string; language?: string } = {},
): Draft {
  return {
    ...{ type: 'turn', turnId, text, language: 'en', confidence: 0.9, source: 'speech' },
    ...{ speechEndedAt: epochNow() - 400, endOfTurn: { reason: 'model' }, ...more },
  }
}

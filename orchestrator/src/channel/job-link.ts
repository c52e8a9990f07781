import {
  closeCode,
  createInbox,
  createOutbox,
  type OrchestratorMessage,
} from '@trunkline/contracts'
import type { Logger } from '@trunkline/telemetry'
import type { Connection } from './connection.ts'

type Numbered = Exclude<OrchestratorMessage, { type: 'ack' }>

/** One job's half of the channel: it outlives the connections that carry it. */
export interface JobLink {
  readonly jobId: string
  readonly protocol: number
  readonly isConnected: boolean
  /** The job's last seq whose handling is complete. */
  readonly handled: number
  /**
   * Numbers a message and sends it; while the connection is away it waits for the next one. With `after` it is
   * held back, and what follows behind it, until that resolves; resolved to false, nothing is sent any more.
   */
  send(
    build: (seq: number) => Numbered,
    options?: { after?: () => Promise<boolean> | undefined },
  ): void
  acknowledge(upTo: number): void
  /** True exactly once for each of the job's messages, and never once it is closed; its acknowledgement follows. */
  accept(seq: number): boolean
  /** The message accepted last has been handled. */
  complete(): void
  /** Carries on over a new connection: what the job has not handled is sent again. */
  attach(connection: Connection, options: { resumeFrom: number }): void
  detach(connection: Connection): void
  /** Tells the job that a newer one has the call. */
  supersede(): void
  close(code: number): void
}

export interface JobLinkOptions {
  readonly jobId: string
  readonly protocol: number
  readonly handled: number
  readonly first: number
  /** What may be acknowledged: the job's messages whose effect is stored. */
  readonly handledInStore: () => number
  readonly now: () => number
  readonly logger: Logger
}

const maxPending = 2000
/** Acknowledgements of a burst go out as one. */
const ackDelayMs = 20
/** What leaves nothing in the store, an interim transcript above all, can wait for what does. */
const idleAckDelayMs = 250

export function createJobLink(options: JobLinkOptions): JobLink {
  const { jobId, protocol, handled, first, handledInStore, now, logger } = options
  const outbox = createOutbox<Numbered>({ maxPending, first })
  const inbox = createInbox(handled)
  /** Messages not yet allowed onto the wire, in order. */
  const held: { readonly message: Numbered; isReady: boolean }[] = []
  let connection: Connection | undefined
  let completed = handled
  let ackTimer: NodeJS.Timeout | undefined
  let isAckIdle = false
  let isClosed = false

  const acknowledge = () => {
    ackTimer = undefined
    const upTo = Math.min(inbox.handled, handledInStore())
    connection?.send({ type: 'ack', upTo })
    if (upTo < inbox.handled && connection) acknowledgeSoon()
  }
  const acknowledgeSoon = ({ isIdle = false } = {}) => {
    const isSoonEnough = ackTimer !== undefined && (isIdle || !isAckIdle)
    if (isClosed || isSoonEnough) return
    clearTimeout(ackTimer)
    isAckIdle = isIdle
    ackTimer = setTimeout(acknowledge, isIdle ? idleAckDelayMs : ackDelayMs)
  }
  const release = () => {
    while (held[0]?.isReady) {
      const next = held.shift()
      if (next) connection?.send(next.message)
    }
  }
  const add = (build: (seq: number) => Numbered) => {
    try {
      return outbox.add(build)
    } catch (error) {
      logger.error({ err: error, jobId }, 'agent does not acknowledge')
      connection?.terminate()
      return undefined
    }
  }
  const close = (code: number) => {
    isClosed = true
    clearTimeout(ackTimer)
    held.length = 0
    connection?.close(code)
  }
  const send: JobLink['send'] = (build, { after } = {}) => {
    if (isClosed) return
    const message = add(build)
    if (!message) return
    const gate = after?.()
    if (!gate && held.length === 0) {
      connection?.send(message)
      return
    }
    const entry = { message, isReady: !gate }
    held.push(entry)
    void gate?.then((isOurs) => {
      if (isOurs) entry.isReady = true
      else held.length = 0
      release()
    })
  }

  return {
    jobId,
    protocol,
    get isConnected() {
      return connection !== undefined
    },
    get handled() {
      return completed
    },
    send,
    acknowledge: (upTo) => outbox.acknowledge(upTo),
    accept(seq) {
      if (isClosed) return false // superseded, or another process's: its last frames change nothing
      const isNew = inbox.accept(seq)
      acknowledgeSoon({ isIdle: isNew })
      return isNew
    },
    complete() {
      completed = inbox.handled
      if (handledInStore() < completed) acknowledgeSoon()
    },
    attach(next, { resumeFrom }) {
      if (connection !== next) connection?.terminate()
      connection = next
      outbox.acknowledge(resumeFrom)
      const heldFrom = held[0]?.message.seq ?? Number.POSITIVE_INFINITY
      for (const message of outbox.pending()) if (message.seq < heldFrom) next.send(message)
      acknowledgeSoon()
    },
    detach(gone) {
      if (connection === gone) connection = undefined
    },
    supersede() {
      held.length = 0
      send((seq) => ({
        ...{ type: 'error', seq, at: now(), code: 'superseded', retryable: false },
        message: 'another job has this call',
      }))
      close(closeCode.superseded)
    },
    close,
  }
}

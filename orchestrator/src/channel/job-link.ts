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
  readonly isConnected: boolean
  /** The job's last seq that was handled. */
  readonly handled: number
  /** Numbers and sends a message; while the connection is away it waits for the next one. */
  send(build: (seq: number) => Numbered): void
  acknowledge(upTo: number): void
  /** True exactly once for each of the job's messages; its acknowledgement follows. */
  accept(seq: number): boolean
  /** Carries on over a new connection: what the job has not handled is sent again. */
  attach(connection: Connection, options: { resumeFrom: number }): void
  detach(connection: Connection): void
  /** Tells the job that a newer one has the call. */
  supersede(): void
  close(code: number): void
}

export interface JobLinkOptions {
  readonly jobId: string
  readonly handled: number
  readonly first: number
  readonly now: () => number
  readonly logger: Logger
}

const maxPending = 2000
/** Acknowledgements of a burst go out as one. */
const ackDelayMs = 20

export function createJobLink({ jobId, handled, first, now, logger }: JobLinkOptions): JobLink {
  const outbox = createOutbox<Numbered>({ maxPending, first })
  const inbox = createInbox(handled)
  let connection: Connection | undefined
  let ackTimer: NodeJS.Timeout | undefined

  const acknowledgeSoon = () => {
    ackTimer ??= setTimeout(() => {
      ackTimer = undefined
      connection?.send({ type: 'ack', upTo: inbox.handled })
    }, ackDelayMs)
  }
  const send: JobLink['send'] = (build) => {
    try {
      const message = outbox.add(build)
      connection?.send(message)
    } catch (error) {
      logger.error({ err: error, jobId }, 'agent does not acknowledge')
      connection?.terminate()
    }
  }
  const close = (code: number) => {
    clearTimeout(ackTimer)
    connection?.close(code)
  }

  return {
    jobId,
    get isConnected() {
      return connection !== undefined
    },
    get handled() {
      return inbox.handled
    },
    send,
    acknowledge: (upTo) => outbox.acknowledge(upTo),
    accept(seq) {
      acknowledgeSoon()
      return inbox.accept(seq)
    },
    attach(next, { resumeFrom }) {
      if (connection !== next) connection?.terminate()
      connection = next
      outbox.acknowledge(resumeFrom)
      for (const message of outbox.pending()) next.send(message)
      acknowledgeSoon()
    },
    detach(gone) {
      if (connection === gone) connection = undefined
    },
    supersede() {
      send((seq) => ({
        ...{ type: 'error', seq, at: now(), code: 'superseded', retryable: false },
        message: 'another job has this call',
      }))
      close(closeCode.superseded)
    },
    close,
  }
}

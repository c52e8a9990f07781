import { setTimeout as sleep } from 'node:timers/promises'
import { JobStatus, JobType, ServerMessage, WorkerMessage, WorkerStatus } from '@livekit/protocol'
import { lastWordsIdentity } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import { AccessToken } from 'livekit-server-sdk'
import WebSocket from 'ws'

/** A job of livekit-server: one room to speak in. */
export interface RoomJob {
  readonly url: string
  readonly token: string
  readonly metadata: string
}

export interface JobSource {
  /** True while livekit-server sends jobs. */
  readonly isRegistered: boolean
  /** Takes no more jobs and lets those under way end, for `longestJobMs` at most. */
  close(): Promise<void>
}

export interface JobSourceOptions {
  readonly livekit: { readonly url: string; readonly apiKey: string; readonly apiSecret: string }
  readonly agentName: string
  /** Rooms at once. */
  readonly maxJobs: number
  /** Does a job; the promise ends with it. */
  readonly onJob: (job: RoomJob, options: { signal: AbortSignal }) => Promise<void>
  readonly logger: Logger
  readonly longestJobMs?: number
}

type FromWorker = NonNullable<
  NonNullable<ConstructorParameters<typeof WorkerMessage>[0]>['message']
>

const handshakeTimeoutMs = 3000
const reconnectMs = 1000
/** livekit-server answers every ping; a connection that died without a word is noticed by their absence. */
const pingMs = 5000
/** Apologies are cut to this. */
const defaultLongestJobMs = 20_000

/**
 * Registers at livekit-server as an agent worker that does its jobs in this process. agents-js' own worker forks a
 * process per job and holds a model for turn-taking, of which the last words need nothing.
 */
export function createJobSource(options: JobSourceOptions): JobSource {
  const { livekit, agentName, maxJobs, onJob, logger } = options
  const { longestJobMs = defaultLongestJobMs } = options
  /** Jobs under way are cut, and the connection that tells how they end is closed. */
  const closing = new AbortController()
  const jobs = new Set<Promise<void>>()
  let isRegistered = false
  let isDraining = false

  const connect = async () => {
    const token = new AccessToken(livekit.apiKey, livekit.apiSecret)
    token.addGrant({ agent: true })
    const url = new URL('/agent', livekit.url.replace(/^http/, 'ws'))
    const socket = new WebSocket(url, {
      headers: { authorization: `Bearer ${await token.toJwt()}` },
      handshakeTimeout: handshakeTimeoutMs,
    })
    const write = (message: FromWorker) => {
      if (socket.readyState === socket.OPEN) socket.send(new WorkerMessage({ message }).toBinary())
    }
    const work = async ({ token: jobToken, url: jobUrl, job }: JobAssignment) => {
      const jobId = job?.id ?? ''
      write({ case: 'updateJob', value: { jobId, status: JobStatus.JS_RUNNING } })
      const room = { url: jobUrl ?? livekit.url, token: jobToken, metadata: job?.metadata ?? '' }
      try {
        await onJob(room, { signal: closing.signal })
        write({ case: 'updateJob', value: { jobId, status: JobStatus.JS_SUCCESS } })
      } catch (error) {
        write({ case: 'updateJob', value: { jobId, status: JobStatus.JS_FAILED } })
        throw error
      }
    }
    const receive = (bytes: Uint8Array) => {
      const { message } = ServerMessage.fromBinary(bytes)
      switch (message.case) {
        case 'register':
          isRegistered = true
          write({ case: 'updateWorker', value: { status: WorkerStatus.WS_AVAILABLE, load: 0 } })
          return
        case 'availability': {
          const jobId = message.value.job?.id ?? ''
          const available = jobs.size < maxJobs && !isDraining
          const participantIdentity = `${lastWordsIdentity}${jobId}`
          write({ case: 'availability', value: { jobId, available, participantIdentity } })
          return
        }
        case 'assignment': {
          const job = work(message.value)
          jobs.add(job)
          inBackground(
            job.finally(() => jobs.delete(job)),
            {
              signal: closing.signal,
              onError: (error) => logger.error({ err: error }, 'last words failed'),
            },
          )
          return
        }
        default: // a pong, or a termination of a job that ends by itself within seconds
      }
    }
    await new Promise<void>((resolve) => {
      let isAlive = true
      const pinging = setInterval(() => {
        if (!isAlive) socket.terminate()
        isAlive = false
        if (socket.readyState === socket.OPEN) socket.ping()
      }, pingMs)
      socket.on('pong', () => {
        isAlive = true
      })
      socket.once('open', () => {
        const allowedPermissions = { canPublish: true, canSubscribe: false, agent: true }
        const registration = { type: JobType.JT_ROOM, agentName, allowedPermissions }
        write({ case: 'register', value: { ...registration, version: '1.9.0' } })
      })
      socket.on('message', (data) => receive(toBytes(data)))
      socket.on('error', () => socket.terminate()) // `close` follows and is what counts
      const stop = () => socket.close()
      closing.signal.addEventListener('abort', stop)
      socket.once('close', () => {
        closing.signal.removeEventListener('abort', stop)
        clearInterval(pinging)
        isRegistered = false
        resolve()
      })
      if (closing.signal.aborted) socket.terminate()
    })
  }

  const keepRegistered = async () => {
    while (!isDraining) {
      await connect()
      const waitMs = reconnectMs * (0.5 + Math.random() / 2)
      await sleep(waitMs, undefined, { signal: closing.signal }).catch(() => {}) // closed meanwhile
    }
  }
  inBackground(keepRegistered(), {
    onError: (error) => logger.error({ err: error }, 'no jobs can be taken'),
  })

  return {
    get isRegistered() {
      return isRegistered && !isDraining
    },
    async close() {
      isDraining = true
      const tooLate = new AbortController()
      const limit = sleep(longestJobMs, undefined, { signal: tooLate.signal }).catch(() => {}) // all have ended
      await Promise.race([Promise.allSettled(jobs), limit])
      tooLate.abort()
      closing.abort()
      await Promise.allSettled(jobs)
    },
  }
}

type JobAssignment = Extract<ServerMessage['message'], { case: 'assignment' }>['value']

function toBytes(data: WebSocket.RawData): Uint8Array {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? new Uint8Array(data) : data
}

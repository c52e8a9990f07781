import { setTimeout as sleep } from 'node:timers/promises'
import {
  type AgentMessage,
  channelProtocol,
  closeCode,
  createInbox,
  createOutbox,
  type OrchestratorMessage,
  orchestratorMessage,
  readMessage,
} from '@trunkline/contracts'
import { epochNow } from '@trunkline/runtime'
import type { Logger } from '@trunkline/telemetry'
import WebSocket, { type RawData } from 'ws'
import { createDeferred } from '../deferred.ts'
import { createCallTrace } from './call-trace.ts'
import { createHandled } from './handled.ts'
import { watchPeer } from './liveness.ts'
import type { Outgoing } from './outgoing.ts'

/**
 * Why there is no channel any more. `fenced`: another job has the call. `refused`: no line for it.
 * `unreachable`: never welcomed. `lost`: welcomed, then gone for longer than `giveUpAfterMs`.
 */
export type ChannelEnd = 'closed' | 'fenced' | 'refused' | 'unauthorized' | 'unreachable' | 'lost'

export type Incoming = Exclude<OrchestratorMessage, { type: 'ack' | 'error' }>

export interface CallChannel {
  /** Sent at once, or after the next reconnect; never lost while the channel lives. */
  send(message: Outgoing): void
  /** True when everything sent has been acknowledged within `timeoutMs`. */
  flushed(timeoutMs: number): Promise<boolean>
  /** Of the newest ping that was answered, in milliseconds. */
  readonly roundTripMs: number | undefined
  /** Of the call, for other services that serve all of it; undefined when nothing is traced. */
  readonly traceparent: string | undefined
  /** Resolves once, when the channel is gone for good. */
  readonly ended: Promise<ChannelEnd>
  close(): void
}

export interface ChannelOptions {
  /** `http(s)://` of the orchestrator. */
  readonly url: string
  readonly token: string
  readonly job: { room: string; roomSid: string; jobId: string; metadata: string }
  readonly onMessage: (message: Incoming) => void
  readonly logger: Logger
  /** How long a first `welcome` may take, and how long a broken channel may. */
  readonly firstContactMs?: number
  readonly giveUpAfterMs?: number
}

const maxPending = 5000
const handshakeTimeoutMs = 1500
/** How long an orchestrator may take for the hello of a job that it or another had welcomed. */
const servedWithinMs = 3000
const maxBufferedBytes = 1024 * 1024
/** Calls of a replica that was killed are to be picked up within a second. */
const maxBackoffMs = 400
/** A connection that held so long is replaced at once; one that breaks again and again is not. */
const steadyMs = 1000

/** Opens the call channel (design section 3) and keeps it open through reconnects. */
export function openChannel(options: ChannelOptions): CallChannel {
  const { token, job, onMessage, logger, firstContactMs = 5000, giveUpAfterMs = 10_000 } = options
  const url = new URL('/v1/channel', options.url.replace(/^http/, 'ws'))
  const outbox = createOutbox<Exclude<AgentMessage, { type: 'ack' }>>({ maxPending })
  const inbox = createInbox()
  const { promise: ended, resolve: resolveEnded } = createDeferred<ChannelEnd>()
  const stop = new AbortController()
  let socket: WebSocket | undefined
  let roundTripMs: number | undefined
  let welcomed = false
  /** True when the orchestrator has taken this connection's hello; a socket alone opens to anybody. */
  let isServed = false
  let drained: (() => void) | undefined
  /** Known from the welcome; a replica that finds nothing of the call goes on under these. */
  let call: { readonly callId: string; readonly epoch: number } | undefined
  const handled = createHandled()
  const trace = createCallTrace()

  // An orchestrator may take the connection and be too busy to ever answer.
  const impatience = setTimeout(() => {
    if (!welcomed) end('unreachable')
  }, firstContactMs)

  const end = (reason: ChannelEnd) => {
    if (stop.signal.aborted) return
    clearTimeout(impatience)
    stop.abort()
    resolveEnded(reason)
    socket?.close(1000)
  }
  // `hello` keeps its number through reconnects: it goes before what is resent, so it may not be newer.
  const hello = outbox.add((seq) => ({
    type: 'hello',
    seq,
    at: epochNow(),
    protocol: channelProtocol,
    ...job,
    resumeFrom: 0,
    ...(trace.traceparent !== undefined && { traceparent: trace.traceparent }),
  }))
  const write = (message: AgentMessage) => {
    if (!socket) return
    // What does not fit now is sent again over the next connection.
    if (socket.bufferedAmount > maxBufferedBytes) socket.terminate()
    else socket.send(JSON.stringify(message))
  }
  const greet = () => {
    write({
      ...hello,
      at: epochNow(),
      ...(hello.type === 'hello' && { resumeFrom: inbox.handled, ...call }),
    })
    for (const message of outbox.pending()) if (message.type !== 'hello') write(message)
  }

  /** A replica that took the call over may send what the one before it has sent: it is handled once. */
  const take = (message: Incoming) => {
    const known = handled.see(message)
    if (known === 'new') trace.incoming(message, () => onMessage(message))
    else if (known !== 'seen') send(known)
  }
  const receive = (raw: RawData) => {
    const read = readMessage(orchestratorMessage, raw.toString())
    if (!read.ok) {
      logger.error({ code: read.fault.code, field: read.fault.path }, 'message not understood')
      return
    }
    const message = read.value
    if (message.type === 'ack') {
      isServed = true
      outbox.acknowledge(message.upTo)
      if (outbox.pending().length === 0) drained?.()
      return
    }
    if (!inbox.accept(message.seq)) {
      write({ type: 'ack', upTo: inbox.handled })
      return
    }
    if (message.type !== 'error') isServed = true
    if (message.type === 'welcome') {
      welcomed = true
      call = { callId: message.callId, epoch: message.epoch }
    }
    if (message.type === 'error') {
      logger.warn({ code: message.code, field: message.field }, 'orchestrator reports an error')
      if (message.code === 'superseded') end('fenced')
      else if (isRefusal(message.code) && !message.retryable) end('refused')
    } else {
      take(message)
    }
    write({ type: 'ack', upTo: inbox.handled })
  }

  /** One connection; resolves once it is gone. */
  const connect = () =>
    new Promise<void>((resolve) => {
      let opened = false
      const link = new WebSocket(url, {
        headers: { authorization: `Bearer ${token}` },
        handshakeTimeout: handshakeTimeoutMs,
      })
      link.once('open', () => {
        opened = true
        socket = link
        watchPeer(link, {
          ...{ pingMs: 500, silentMs: 3000 },
          onRoundTrip: (ms) => {
            roundTripMs = ms
          },
        })
        greet()
        // First contact has a limit of its own, and a welcome may take its time.
        if (!welcomed) return
        const unserved = setTimeout(() => {
          if (!isServed) link.terminate()
        }, servedWithinMs)
        link.once('close', () => clearTimeout(unserved))
      })
      link.on('message', receive)
      link.once('unexpected-response', (_request, response) => {
        if (response.statusCode === 401 || response.statusCode === 403) end('unauthorized')
        response.destroy()
        link.terminate()
      })
      link.once('close', (code) => {
        if (socket === link) socket = undefined
        const final = endOfClose(code)
        if (final) end(final)
        resolve()
      })
      link.once('error', () => link.terminate())
      const giveUp = () => {
        if (!opened) link.terminate()
      }
      stop.signal.addEventListener('abort', giveUp)
      link.once('close', () => stop.signal.removeEventListener('abort', giveUp))
    })

  const keepOpen = async () => {
    let deadline = performance.now() + firstContactMs
    let failures = 0
    while (!stop.signal.aborted) {
      isServed = false
      const startedAt = performance.now()
      await connect()
      if (isServed) deadline = performance.now() + giveUpAfterMs
      const hasHeld = isServed && performance.now() - startedAt > steadyMs
      failures = hasHeld ? 0 : failures + 1
      if (performance.now() >= deadline) end(welcomed ? 'lost' : 'unreachable')
      if (failures === 0) continue // broken after it had served us: another replica may be there already
      const backoffMs = Math.min(maxBackoffMs, 25 * 2 ** failures) * (0.5 + Math.random() / 2)
      await sleep(backoffMs, undefined, { signal: stop.signal }).catch(() => undefined)
    }
  }
  void keepOpen()

  const send: CallChannel['send'] = (draft) => {
    if (stop.signal.aborted) return
    const message = trace.outgoing(draft)
    handled.answered(message)
    try {
      write(outbox.add((seq) => ({ ...message, seq, at: epochNow() })))
    } catch (error) {
      logger.error({ err: error }, 'channel holds too much that is not acknowledged')
      end('lost')
    }
  }

  return {
    send,
    get roundTripMs() {
      return roundTripMs
    },
    traceparent: trace.traceparent,
    async flushed(timeoutMs) {
      if (outbox.pending().length === 0) return true
      const timer = new AbortController()
      const empty = new Promise<boolean>((resolve) => {
        drained = () => resolve(true)
      })
      const late = sleep(timeoutMs, false, { signal: timer.signal }).catch(() => false)
      const result = await Promise.race([empty, late, ended.then(() => false)])
      timer.abort()
      return result
    },
    ended,
    close: () => end('closed'),
  }
}

function isRefusal(code: string): boolean {
  return code === 'unknown-line' || code === 'unsupported-protocol' || code === 'not-hello'
}

function endOfClose(code: number): ChannelEnd | undefined {
  if (code === closeCode.superseded) return 'fenced'
  if (code === closeCode.unauthorized) return 'unauthorized'
  if (code === closeCode.refused) return 'refused'
  return undefined
}

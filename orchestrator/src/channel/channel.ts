import { agentMessage, type MessageFault, readMessage } from '@trunkline/contracts'
import { inBackground } from '@trunkline/runtime'
import { type Logger, type Span, startSpan, within } from '@trunkline/telemetry'
import type { WebSocket } from 'ws'
import { z } from 'zod'
import type { CallRegistry } from '../calls/call-registry.ts'
import type { CallSession } from '../calls/session.ts'
import { toCloseCode } from '../errors.ts'
import type { Metrics } from '../metrics.ts'
import { createConnection } from './connection.ts'
import type { JobLink } from './job-link.ts'

export interface ChannelDeps {
  readonly registry: Pick<CallRegistry, 'open' | 'released'>
  readonly metrics: Pick<Metrics, 'streamOpened' | 'streamClosed'>
  readonly logger: Logger
  readonly now: () => number
  readonly helloTimeoutMs?: number
}

type ChannelState =
  | { readonly kind: 'waiting' }
  /** Messages that came while the call was looked up, in order. */
  | { readonly kind: 'opening'; readonly early: string[] }
  | { readonly kind: 'open'; readonly session: CallSession; readonly link: JobLink }
  | { readonly kind: 'closed' }

type ErrorDraft = Omit<MessageFault, 'code'> & {
  readonly code: Parameters<typeof toCloseCode>[0]
  readonly retryable: boolean
}

const maxEarlyMessages = 256
/** A peer that sends nothing but nonsense fills neither our log nor our time. */
const loggedFaults = 5
const maxFaults = 100
/** Policy violation (RFC 6455, 7.4.1): the job may come back, and what it has sent is acknowledged. */
const tooManyFaultsCode = 1008
const numbered = z.object({ seq: z.number().int().positive() })

/** Serves one agent job's socket from its `hello` on (design section 3). */
export function serveChannel(socket: WebSocket, deps: ChannelDeps): void {
  const { registry, metrics, logger, now, helloTimeoutMs = 2000 } = deps
  let state: ChannelState = { kind: 'waiting' }
  let isSilent = false
  let faults = 0
  let span: Span | undefined

  const fail = ({ code, message, field, retryable }: ErrorDraft) => {
    const body = { at: now(), code, message, retryable, ...(field === undefined ? {} : { field }) }
    if (state.kind === 'open') state.link.send((seq) => ({ type: 'error', seq, ...body }))
    else connection.send({ type: 'error', seq: 1, ...body })
    const close = toCloseCode(code, { retryable })
    if (close !== undefined) connection.close(close)
  }
  /** What is begun by a message belongs to the channel's span, unless the message says otherwise. */
  const inOurs = (work: () => void) => (span ? within(span, work) : work())
  const refuseFirst = (message: string) => {
    fail({ code: 'not-hello', message, field: 'type', retryable: false })
    state = { kind: 'closed' }
  }

  const open = async (hello: Parameters<CallRegistry['open']>[0], early: readonly string[]) => {
    const opening = await registry.open(hello)
    if (state.kind !== 'opening') {
      // The socket went while the call was looked up: the job has lost its channel from the start.
      if (opening.kind === 'open' && !opening.link.isConnected) {
        registry.released(opening.session, opening.link)
      }
      return
    }
    if (opening.kind === 'refused') {
      fail(opening)
      state = { kind: 'closed' }
      return
    }
    const { session, link } = opening
    state = { kind: 'open', session, link }
    link.attach(connection, { resumeFrom: hello.resumeFrom })
    for (const text of early) receive(text)
  }

  /** A faulty message is answered, acknowledged and otherwise passed over: the call goes on. */
  const takeFault = (text: string, fault: MessageFault) => {
    if (state.kind !== 'open') {
      if (fault.code === 'unknown-type' || state.kind !== 'waiting')
        fail({ ...fault, retryable: false })
      else refuseFirst(`the first message must be hello: ${fault.message}`)
      return
    }
    faults += 1
    const seq = readSeq(text)
    if (seq !== undefined && !state.link.accept(seq)) return
    state.link.complete()
    if (faults <= loggedFaults) {
      const { code, path: field } = fault
      logger.warn(
        { code, field, isLastLogged: faults === loggedFaults },
        'agent message not understood',
      )
    }
    if (faults >= maxFaults) connection.close(tooManyFaultsCode)
    else fail({ ...fault, retryable: false })
  }

  const receive = (text: string) => {
    if (state.kind === 'closed') return
    if (state.kind === 'opening') {
      if (state.early.length >= maxEarlyMessages) connection.terminate()
      else state.early.push(text)
      return
    }
    const read = readMessage(agentMessage, text)
    if (!read.ok) {
      takeFault(text, read.fault)
      return
    }
    const message = read.value
    if (state.kind === 'waiting') {
      if (message.type !== 'hello') {
        refuseFirst('the first message must be hello')
        return
      }
      clearTimeout(helloTimer)
      span = startSpan('channel', { parent: message.traceparent })
      const early: string[] = []
      state = { kind: 'opening', early }
      const opening = within(span, () => open(message, early))
      inBackground(opening, {
        onError(error) {
          logger.error({ err: error }, 'opening a call failed')
          fail({ code: 'unavailable', message: 'the call could not be opened', retryable: true })
        },
      })
      return
    }
    const { session, link } = state
    if (message.type === 'ack') link.acknowledge(message.upTo)
    else if (link.accept(message.seq) && message.type !== 'hello') {
      try {
        inOurs(() => session.handle(message))
      } catch (error) {
        logger.error({ err: error, callId: session.id }, 'handling an agent message failed')
      }
      link.complete()
    }
  }

  const connection = createConnection(socket, {
    onMessage: receive,
    onDropped(reason) {
      isSilent = reason === 'silent'
      logger.warn({ reason }, 'call channel dropped')
    },
    onClose() {
      clearTimeout(helloTimer)
      span?.end()
      metrics.streamClosed()
      const last = state
      state = { kind: 'closed' }
      if (last.kind !== 'open') return
      last.link.detach(connection)
      if (!last.link.isConnected) registry.released(last.session, last.link, { isSilent })
    },
  })
  const helloTimer = setTimeout(() => refuseFirst('no hello came in time'), helloTimeoutMs)
  metrics.streamOpened()
}

function readSeq(text: string): number | undefined {
  try {
    const parsed = numbered.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data.seq : undefined
  } catch {
    return undefined // not JSON: there is no number to acknowledge
  }
}

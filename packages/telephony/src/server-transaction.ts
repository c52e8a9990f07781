import type { SipTimers } from './client-transaction.ts'
import { parseVia, type UdpAddress } from './sip-address.ts'
import { headersOf, type ReceivedRequest, type SipHeader, type SipResponse } from './sip-message.ts'

const reasons: Readonly<Record<number, string>> = {
  100: 'Trying',
  180: 'Ringing',
  200: 'OK',
  202: 'Accepted',
  400: 'Bad Request',
  405: 'Method Not Allowed',
  408: 'Request Timeout',
  415: 'Unsupported Media Type',
  420: 'Bad Extension',
  480: 'Temporarily Unavailable',
  481: 'Call/Transaction Does Not Exist',
  486: 'Busy Here',
  487: 'Request Terminated',
  488: 'Not Acceptable Here',
  491: 'Request Pending',
  500: 'Server Internal Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  603: 'Decline',
}

interface ResponseOptions {
  readonly reason?: string
  readonly headers?: readonly SipHeader[]
  readonly body?: string
  readonly toTag?: string
}

/** A request with the means to answer it. */
export interface ServerTransaction {
  readonly request: ReceivedRequest
  readonly source: UdpAddress
  /** A provisional or the one final response; further final ones are ignored. */
  respond(status: number, options?: ResponseOptions): void
  /** INVITE only. `onNoAck`: a final response was never acknowledged. */
  listen(listeners: {
    onCancel?: () => void
    onAck?: (ack: ReceivedRequest) => void
    onNoAck?: () => void
  }): void
}

export interface ServerTransactionControl extends ServerTransaction {
  repeat(): void
  cancel(): boolean
  acknowledge(ack: ReceivedRequest): void
  stop(): void
}

type State = 'proceeding' | 'accepted' | 'completed' | 'confirmed' | 'terminated'

/** One request's answering over UDP (RFC 3261, section 17.2; a 2xx is repeated here too, until its ACK). */
export function startServerTransaction(options: {
  readonly request: ReceivedRequest
  readonly source: UdpAddress
  readonly timers: SipTimers
  readonly send: (response: SipResponse) => void
  readonly onEnd: () => void
}): ServerTransactionControl {
  const { request, source, timers, send, onEnd } = options
  const isInvite = request.method === 'INVITE'
  let state: State = 'proceeding'
  let last: SipResponse | undefined
  let retransmission: NodeJS.Timeout | undefined
  let deadline: NodeJS.Timeout | undefined
  let listeners: Parameters<ServerTransaction['listen']>[0] = {}

  const stop = () => {
    clearTimeout(retransmission)
    clearTimeout(deadline)
    if (state === 'terminated') return
    state = 'terminated'
    onEnd()
  }
  const repeatUntilAck = (response: SipResponse, intervalMs: number) => {
    retransmission = setTimeout(() => {
      send(response)
      repeatUntilAck(response, Math.min(intervalMs * 2, timers.t2Ms))
    }, intervalMs)
  }

  return {
    request,
    source,
    respond(status, { reason = reasons[status] ?? '', headers = [], body = '', toTag } = {}) {
      if (state !== 'proceeding') return
      const response: SipResponse = {
        kind: 'response',
        status,
        reason,
        headers: [...echo(request, source, toTag), ...headers],
        body,
      }
      last = response
      send(response)
      if (status < 200) return
      state = status < 300 ? 'accepted' : 'completed'
      if (isInvite) repeatUntilAck(response, timers.t1Ms)
      deadline = setTimeout(() => {
        const isUnacknowledged = isInvite && state !== 'confirmed'
        stop()
        if (isUnacknowledged) listeners.onNoAck?.()
      }, 64 * timers.t1Ms).unref()
    },
    listen(next) {
      listeners = { ...listeners, ...next }
    },
    repeat() {
      if (last && state !== 'confirmed') send(last)
    },
    cancel() {
      if (!isInvite || state !== 'proceeding') return false
      listeners.onCancel?.()
      return true
    },
    acknowledge(ack) {
      clearTimeout(retransmission)
      if (state !== 'accepted' && state !== 'completed') return
      state = 'confirmed'
      listeners.onAck?.(ack)
    },
    stop,
  }
}

/** The headers every response repeats, with what is known of where the request came from (RFC 3261, 18.2.1; RFC 3581). */
function echo(
  request: ReceivedRequest,
  source: UdpAddress,
  toTag: string | undefined,
): SipHeader[] {
  const headers: SipHeader[] = headersOf(request, 'via').map((value, index) => ({
    name: 'Via',
    value: index === 0 ? withSource(value, source) : value,
  }))
  for (const header of request.headers) {
    const name = header.name.toLowerCase()
    if (name === 'record-route' || name === 'call-id' || name === 'i' || name === 'cseq') {
      headers.push(header)
    } else if (name === 'from' || name === 'f') {
      headers.push({ name: 'From', value: header.value })
    } else if (name === 'to' || name === 't') {
      const isTagged = request.to.parameters.has('tag')
      const tag = toTag !== undefined && !isTagged ? `;tag=${toTag}` : ''
      headers.push({ name: 'To', value: header.value + tag })
    }
  }
  return headers
}

function withSource(value: string, source: UdpAddress): string {
  const via = parseVia(value)
  if (!via) return value
  const asksPort = via.parameters.has('rport')
  const bare = value.replace(/;\s*(rport|received)\b(\s*=\s*[^;,\s]*)?/gi, '')
  if (!asksPort && via.host === source.host) return value
  return `${bare};received=${source.host}${asksPort ? `;rport=${source.port}` : ''}`
}

/** Where the response goes: back to where the request came from when it asked for that, else to its Via. */
export function responseAddress(request: ReceivedRequest, source: UdpAddress): UdpAddress {
  if (request.via.parameters.has('rport')) return source
  return { host: source.host, port: request.via.port ?? 5060 }
}

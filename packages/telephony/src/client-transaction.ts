import type { ReceivedResponse, SipRequest } from './sip-message.ts'

/** RFC 3261, table 4; milliseconds. */
export interface SipTimers {
  readonly t1Ms: number
  readonly t2Ms: number
  readonly t4Ms: number
}

export const defaultSipTimers: SipTimers = { t1Ms: 500, t2Ms: 4000, t4Ms: 5000 }

export interface ClientHandlers {
  /** Every provisional response, the final one, and each repetition of a 2xx to INVITE. */
  onResponse(response: ReceivedResponse): void
  /** No final response came in time, or nothing could be sent. */
  onFailure(reason: 'timeout' | 'transport'): void
}

export interface ClientTransaction {
  receive(response: ReceivedResponse): void
  fail(): void
  stop(): void
}

export interface ClientTransactionOptions extends ClientHandlers {
  readonly request: SipRequest
  readonly timers: SipTimers
  readonly send: (request: SipRequest) => void
  readonly onEnd: () => void
}

type State = 'trying' | 'proceeding' | 'accepted' | 'completed' | 'terminated'

/** One request over UDP until it is answered for good (RFC 3261, section 17.1; RFC 6026 for 2xx). */
export function startClientTransaction(options: ClientTransactionOptions): ClientTransaction {
  const { request, timers, send, onResponse, onFailure, onEnd } = options
  const isInvite = request.method === 'INVITE'
  const lifeMs = 64 * timers.t1Ms
  let state: State = 'trying'
  let intervalMs = timers.t1Ms
  let retransmission: NodeJS.Timeout | undefined
  let deadline: NodeJS.Timeout | undefined
  let lastAck: SipRequest | undefined

  const stop = () => {
    clearTimeout(retransmission)
    clearTimeout(deadline)
    if (state === 'terminated') return
    state = 'terminated'
    onEnd()
  }
  const endIn = (ms: number) => {
    clearTimeout(retransmission)
    clearTimeout(deadline)
    deadline = setTimeout(stop, ms).unref()
  }
  const retransmit = () => {
    retransmission = setTimeout(() => {
      send(request)
      // INVITE doubles without limit, others up to T2 and stay at T2 once provisionally answered.
      const isCapped = !isInvite && state === 'proceeding'
      intervalMs = isCapped ? timers.t2Ms : intervalMs * 2
      if (!isInvite) intervalMs = Math.min(intervalMs, timers.t2Ms)
      retransmit()
    }, intervalMs)
  }
  const fail = (reason: 'timeout' | 'transport') => {
    if (state !== 'trying' && state !== 'proceeding') return
    stop()
    onFailure(reason)
  }

  const receiveFinal = (response: ReceivedResponse) => {
    if (state === 'accepted' || state === 'completed') {
      if (response.status < 300 && state === 'accepted') onResponse(response)
      else if (lastAck) send(lastAck)
      return
    }
    if (isInvite && response.status < 300) {
      state = 'accepted'
      endIn(lifeMs)
    } else {
      state = 'completed'
      if (isInvite) {
        lastAck = acknowledge(request, response)
        send(lastAck)
      }
      endIn(isInvite ? lifeMs : timers.t4Ms)
    }
    onResponse(response)
  }

  send(request)
  retransmit()
  deadline = setTimeout(() => fail('timeout'), lifeMs)
  return {
    receive(response) {
      if (state === 'terminated') return
      if (response.status >= 200) return receiveFinal(response)
      if (state !== 'trying' && state !== 'proceeding') return
      state = 'proceeding'
      if (isInvite) {
        // A phone may ring for as long as it likes; the caller decides when that is enough.
        clearTimeout(retransmission)
        clearTimeout(deadline)
      }
      onResponse(response)
    },
    fail: () => fail('transport'),
    stop,
  }
}

/** ACK for a final response that is no 2xx: part of the transaction (RFC 3261, section 17.1.1.3). */
function acknowledge(request: SipRequest, response: ReceivedResponse): SipRequest {
  const kept = new Set(['via', 'from', 'call-id', 'route', 'max-forwards'])
  const to = response.headers.find(({ name }) => /^(to|t)$/i.test(name))
  return {
    kind: 'request',
    method: 'ACK',
    uri: request.uri,
    headers: [
      ...request.headers.filter(({ name }) => kept.has(name.toLowerCase())),
      ...(to ? [{ name: 'To', value: to.value }] : []),
      { name: 'CSeq', value: `${response.cseq.number} ACK` },
    ],
    body: '',
  }
}

import { randomBytes } from 'node:crypto'
import {
  type ClientHandlers,
  type ClientTransaction,
  type SipTimers,
  startClientTransaction,
} from './client-transaction.ts'
import {
  responseAddress,
  type ServerTransaction,
  type ServerTransactionControl,
  startServerTransaction,
} from './server-transaction.ts'
import { parseVia, type UdpAddress } from './sip-address.ts'
import {
  encodeSipMessage,
  headerOf,
  parseSipMessage,
  type ReceivedRequest,
  type ReceivedResponse,
  type SipHeader,
  type SipRequest,
  type SipResponse,
} from './sip-message.ts'

/** A request that has been sent and may be cancelled. */
export interface SentRequest {
  /** Sends CANCEL for an INVITE; only after a provisional response (RFC 3261, section 9.1). */
  cancel(): void
  /** Forgets the request: nothing is sent again and no response is handed on. */
  stop(): void
}

export interface TransactionLayer {
  /** Sends `request` (without Via) and repeats it as UDP needs. */
  send(request: SipRequest, address: UdpAddress, handlers: ClientHandlers): SentRequest
  /** Sends an ACK for a 2xx: no transaction and never repeated by itself. */
  sendAck(request: SipRequest, address: UdpAddress): void
  /** Takes one datagram; never throws. */
  receive(bytes: Uint8Array, source: UdpAddress): void
  close(): void
}

export interface TransactionLayerOptions {
  readonly timers: SipTimers
  /** Host and port for our Via. */
  readonly local: UdpAddress
  readonly send: (bytes: Uint8Array, address: UdpAddress, onError: () => void) => void
  readonly onRequest: (transaction: ServerTransaction) => void
  /** What was ignored, without its content. */
  readonly onFault: (fault: string) => void
}

/** Matches messages to transactions and keeps those alive (RFC 3261, section 17). */
export function createTransactionLayer(options: TransactionLayerOptions): TransactionLayer {
  const { timers, local, onRequest, onFault } = options
  const clients = new Map<string, ClientTransaction>()
  const servers = new Map<string, ServerTransactionControl>()

  const transmit = (
    message: SipRequest | SipResponse,
    address: UdpAddress,
    onError: () => void = () => undefined,
  ) => options.send(encodeSipMessage(message), address, onError)

  const addVia = (request: SipRequest, branch: string): SipRequest => {
    const value = `SIP/2.0/UDP ${local.host}:${local.port};branch=${branch};rport`
    return { ...request, headers: [{ name: 'Via', value }, ...request.headers] }
  }

  const start = (
    request: SipRequest,
    branch: string,
    address: UdpAddress,
    handlers: ClientHandlers,
  ) => {
    const key = `${branch} ${request.method}`
    const transaction = startClientTransaction({
      request,
      timers,
      ...handlers,
      send: (message) => transmit(message, address, () => clients.get(key)?.fail()),
      onEnd: () => clients.delete(key),
    })
    clients.set(key, transaction)
    return transaction
  }

  const receiveResponse = (response: ReceivedResponse) => {
    const branch = response.via.parameters.get('branch')
    const transaction = clients.get(`${branch} ${response.cseq.method}`)
    if (transaction) transaction.receive(response)
    else onFault('response to no request of ours')
  }

  const receiveRequest = (request: ReceivedRequest, source: UdpAddress) => {
    const key = serverKey(request, request.method)
    if (request.method === 'ACK') return acknowledge(request)
    const known = servers.get(key)
    if (known) return known.repeat()
    const transaction = startServerTransaction({
      request,
      source,
      timers,
      send: (response) => transmit(response, responseAddress(request, source)),
      onEnd: () => servers.delete(key),
    })
    servers.set(key, transaction)
    if (request.method === 'CANCEL') {
      const invite = servers.get(serverKey(request, 'INVITE'))
      transaction.respond(invite ? 200 : 481)
      invite?.cancel()
    } else if (headerOf(request, 'require')) {
      const value = headerOf(request, 'require') ?? ''
      transaction.respond(420, { headers: [{ name: 'Unsupported', value }] })
    } else {
      onRequest(transaction)
    }
  }

  const acknowledge = (ack: ReceivedRequest) => {
    // The ACK of a 2xx comes under a branch of its own, so it is found by call and number.
    const isMeant = ({ request }: ServerTransaction) =>
      request.method === 'INVITE' &&
      request.callId === ack.callId &&
      request.cseq.number === ack.cseq.number &&
      request.from.parameters.get('tag') === ack.from.parameters.get('tag')
    const invite = servers.get(serverKey(ack, 'INVITE')) ?? [...servers.values()].find(isMeant)
    invite?.acknowledge(ack)
  }

  return {
    send(request, address, handlers) {
      const branch = newBranch()
      const sent = addVia(request, branch)
      const transaction = start(sent, branch, address, handlers)
      return {
        stop: () => transaction.stop(),
        cancel() {
          // The outcome comes as the INVITE's final response, so CANCEL's own answer says nothing new.
          const ignored = { onResponse: () => undefined, onFailure: () => undefined }
          start(cancelOf(sent), branch, address, ignored)
        },
      }
    },
    sendAck: (request, address) => transmit(addVia(request, newBranch()), address),
    receive(bytes, source) {
      if (bytes.every((byte) => byte === 13 || byte === 10 || byte === 0)) return // keep-alive
      const result = parseSipMessage(bytes)
      if (result.ok) {
        if (result.message.kind === 'response') receiveResponse(result.message)
        else receiveRequest(result.message, source)
        return
      }
      onFault(result.fault)
      const refusal = result.request && refuse(result.request, result.fault)
      if (refusal) transmit(refusal, source)
    },
    close() {
      for (const transaction of [...clients.values(), ...servers.values()]) transaction.stop()
    },
  }
}

function newBranch(): string {
  return `z9hG4bK${randomBytes(9).toString('hex')}`
}

/** Branch, sender and method name a transaction; peers before RFC 3261 are told apart by the call. */
function serverKey(request: ReceivedRequest, method: string): string {
  const { via, callId, cseq, from } = request
  const branch = via.parameters.get('branch') ?? ''
  const name = branch.startsWith('z9hG4bK')
    ? branch
    : `${callId} ${cseq.number} ${from.parameters.get('tag')}`
  return `${name} ${via.host}:${via.port ?? ''} ${method}`
}

function cancelOf(invite: SipRequest): SipRequest {
  const kept = new Set(['via', 'from', 'to', 'call-id', 'route', 'max-forwards'])
  const number = Number.parseInt(headerOf(invite, 'cseq') ?? '', 10)
  return {
    kind: 'request',
    method: 'CANCEL',
    uri: invite.uri,
    headers: [
      ...invite.headers.filter(({ name }) => kept.has(name.toLowerCase())),
      { name: 'CSeq', value: `${number} CANCEL` },
    ],
    body: '',
  }
}

/** 400 for a request that cannot be read but says well enough where it came from. */
function refuse(request: SipRequest, fault: string): SipResponse | undefined {
  if (request.method === 'ACK' || !parseVia(headerOf(request, 'via') ?? '')) return undefined
  const headers = ['Via', 'From', 'To', 'Call-ID', 'CSeq'].flatMap((name): SipHeader[] => {
    const value = headerOf(request, name)
    return value === undefined ? [] : [{ name, value }]
  })
  return { kind: 'response', status: 400, reason: `Bad Request: ${fault}`, headers, body: '' }
}

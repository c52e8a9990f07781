import { randomBytes, randomUUID } from 'node:crypto'
import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { epochNow } from '@trunkline/runtime'
import type { Call } from './call.ts'
import { defaultSipTimers, type SipTimers } from './client-transaction.ts'
import type { Codec } from './codec.ts'
import { Dialog, dialogKey } from './dialog.ts'
import { type IncomingCall, receiveCall } from './incoming-call.ts'
import { bindUdp, type RtpPorts } from './media.ts'
import { type CallOptions, placeCall } from './outgoing-call.ts'
import type { HoldPolicy, PhoneContext } from './phone-context.ts'
import { PhoneError } from './phone-error.ts'
import { clearPath, type RtpPath } from './rtp-path.ts'
import type { CodecPreference } from './sdp.ts'
import type { ServerTransaction } from './server-transaction.ts'
import { allowedMethods } from './session.ts'
import type { UdpAddress } from './sip-address.ts'
import { createTransactionLayer } from './transaction-layer.ts'

/** One SIP datagram as it was on the wire, with the digest's proof taken out. */
export interface SipTrace {
  readonly at: number
  readonly direction: 'sent' | 'received'
  readonly peer: UdpAddress
  readonly text: string
}

export interface PhoneOptions {
  /** IPv4 address to listen on; 127.0.0.1 by default. */
  readonly host?: string
  /** 0, the default, takes a free port. */
  readonly port?: number
  /** Address that peers are told, where it differs from `host`. */
  readonly advertisedHost?: string
  /** In order of preference; PCMU and PCMA by default. */
  readonly codecs?: readonly Codec[]
  /** Whose order of codecs counts for calls that come in; the caller's by default. */
  readonly prefer?: CodecPreference
  /** `honoured` by default. */
  readonly holds?: HoldPolicy
  /** What an INVITE without audio that we speak is answered with; 488 by default. */
  readonly badOfferStatus?: number
  /** Our tag for each call that comes in; random by default. */
  readonly newTag?: () => string
  /** Where RTP is received; any free port by default. */
  readonly rtpPorts?: RtpPorts
  /** What becomes of RTP packets on their way; all arrive at once by default. */
  readonly rtpPath?: RtpPath
  readonly userAgent?: string
  /** Called for every call that comes in; without it they get 480. */
  readonly onIncoming?: (call: IncomingCall) => void
  readonly onTrace?: (trace: SipTrace) => void
  /** What was received and ignored, without its content. */
  readonly onFault?: (fault: string) => void
  readonly timers?: Partial<SipTimers>
}

/** A SIP telephone over UDP. */
export interface Phone {
  readonly address: UdpAddress
  /** Rings someone. @throws {PhoneError} `bind-failed`; whatever happens later is told by the call */
  call(options: CallOptions): Promise<Call>
  /**
   * Asks with OPTIONS whether a SIP peer is there; gives its status.
   * @throws {PhoneError} `no-response` or `transport`
   */
  ping(address: UdpAddress, options?: { timeoutMs?: number }): Promise<number>
  /** Hangs up what is up, waits for that up to two seconds, and closes. */
  close(): Promise<void>
}

const closeTimeoutMs = 2000

/** @throws {PhoneError} `bind-failed` */
export async function createPhone(options: PhoneOptions = {}): Promise<Phone> {
  const { host = '127.0.0.1', port = 0, onIncoming, onTrace, onFault = () => undefined } = options
  const timers = { ...defaultSipTimers, ...options.timers }
  const socket = await bindUdp(host, port)
  const local = { host: options.advertisedHost ?? host, port: socket.address().port }
  let isClosed = false

  const trace = (direction: SipTrace['direction'], bytes: Uint8Array, peer: UdpAddress) => {
    if (!onTrace) return
    const text = Buffer.from(bytes)
      .toString('utf8')
      .replace(/response="[^"]*"/g, 'response="…"')
    onTrace({ at: epochNow(), direction, peer, text })
  }

  const layer = createTransactionLayer({
    timers,
    local,
    onFault,
    onRequest: (transaction) => answer(transaction),
    send(bytes, address, onError) {
      if (isClosed) return
      trace('sent', bytes, address)
      socket.send(bytes, address.port, address.host, (error) => {
        if (error) onError()
      })
    },
  })
  const context: PhoneContext = {
    layer,
    local,
    bindHost: host,
    contact: { name: 'Contact', value: `<sip:${local.host}:${local.port}>` },
    userAgent: { name: 'User-Agent', value: options.userAgent ?? 'trunkline-phone' },
    codecs: options.codecs ?? ['PCMU', 'PCMA'],
    prefer: options.prefer ?? 'theirs',
    holds: options.holds ?? 'honoured',
    badOfferStatus: options.badOfferStatus ?? 488,
    newTag: options.newTag ?? newTag,
    rtpPorts: options.rtpPorts,
    rtpPath: options.rtpPath ?? clearPath,
    timers,
    sessions: new Map(),
    calls: new Set(),
  }

  const answer = (transaction: ServerTransaction) => {
    const { request } = transaction
    const localTag = request.to.parameters.get('tag')
    const remoteTag = request.from.parameters.get('tag') ?? ''
    const allow = { name: 'Allow', value: allowedMethods }
    if (localTag !== undefined) {
      const session = context.sessions.get(dialogKey(request.callId, localTag, remoteTag))
      if (session) session.handle(transaction)
      else transaction.respond(481)
    } else if (request.method === 'OPTIONS') {
      const accept = { name: 'Accept', value: 'application/sdp' }
      transaction.respond(200, { headers: [allow, accept], toTag: newTag() })
    } else if (request.method === 'INVITE') {
      const incoming = onIncoming && receiveCall(context, transaction)
      if (incoming) onIncoming(incoming)
      else transaction.respond(480, { toTag: newTag() })
    } else if (request.method === 'BYE' || request.method === 'NOTIFY') {
      transaction.respond(481, { toTag: newTag() })
    } else {
      transaction.respond(405, { headers: [allow], toTag: newTag() })
    }
  }

  socket.on('message', (bytes, from) => {
    const source = { host: from.address, port: from.port }
    trace('received', bytes, source)
    layer.receive(bytes, source)
  })

  return {
    address: local,
    call: (callOptions) => placeCall(context, callOptions),
    ping: (address, { timeoutMs = 2000 } = {}) => ping(context, address, timeoutMs),
    async close() {
      if (isClosed) return
      const hangUps = [...context.calls].map((call) => call.hangup())
      await Promise.race([Promise.all(hangUps), sleep(closeTimeoutMs, undefined, { ref: false })])
      isClosed = true
      layer.close()
      socket.close()
    },
  }
}

function ping(context: PhoneContext, address: UdpAddress, timeoutMs: number): Promise<number> {
  const { layer, local, contact, userAgent } = context
  const dialog = new Dialog({
    callId: randomUUID(),
    localTag: newTag(),
    remoteTag: '',
    localName: `<sip:${local.host}:${local.port}>`,
    remoteName: `<sip:${address.host}:${address.port}>`,
    remoteTarget: `sip:${address.host}:${address.port}`,
    routes: [],
    localCseq: 0,
    remoteCseq: undefined,
  })
  const headers = [contact, userAgent, { name: 'Accept', value: 'application/sdp' }]
  return new Promise((resolve, reject) => {
    const fail = (code: 'no-response' | 'transport') => {
      clearTimeout(timer)
      sent.stop()
      reject(new PhoneError(code, 'nothing answers SIP there'))
    }
    const timer = setTimeout(() => fail('no-response'), timeoutMs)
    const sent = layer.send(dialog.request('OPTIONS', { headers }).request, address, {
      onFailure: (reason) => fail(reason === 'timeout' ? 'no-response' : 'transport'),
      onResponse: ({ status }) => {
        if (status < 200) return
        clearTimeout(timer)
        resolve(status)
      },
    })
  })
}

/** The address of this machine from which `peer` is reached: what a phone that calls it listens on. */
export async function findLocalAddress(peer: string): Promise<string> {
  const socket = createSocket('udp4')
  try {
    // Connecting a UDP socket sends nothing; it only asks the routing table.
    socket.connect(9, peer)
    await once(socket, 'connect')
    return socket.address().address
  } catch (cause) {
    throw new PhoneError('transport', 'no way to the SIP server', { cause })
  } finally {
    socket.close()
  }
}

function newTag(): string {
  return randomBytes(8).toString('hex')
}

import { parseNameAddress, parseSipUri, toUdpAddress, type UdpAddress } from './sip-address.ts'
import {
  headersOf,
  type ReceivedRequest,
  type ReceivedResponse,
  type SipHeader,
  type SipRequest,
} from './sip-message.ts'

export interface DialogStart {
  readonly callId: string
  readonly localTag: string
  readonly remoteTag: string
  /** Name-addr without tag. */
  readonly localName: string
  readonly remoteName: string
  readonly remoteTarget: string
  /** Record-Route as this side uses it: first hop first. */
  readonly routes: readonly string[]
  readonly localCseq: number
  readonly remoteCseq: number | undefined
}

export interface DialogRequest {
  readonly request: SipRequest
  readonly address: UdpAddress | undefined
}

/** Two ends that know each other (RFC 3261, section 12): builds requests within and orders those that come. */
export class Dialog {
  readonly key: string
  readonly #start: DialogStart
  #remoteTarget: string
  #localCseq: number
  #remoteCseq: number | undefined

  constructor(start: DialogStart) {
    this.key = dialogKey(start.callId, start.localTag, start.remoteTag)
    this.#start = start
    this.#remoteTarget = start.remoteTarget
    this.#localCseq = start.localCseq
    this.#remoteCseq = start.remoteCseq
  }

  /** The next request of this side; `cseq` only for an ACK, which carries its INVITE's. */
  request(
    method: string,
    {
      cseq,
      headers = [],
      body = '',
    }: { cseq?: number; headers?: readonly SipHeader[]; body?: string } = {},
  ): DialogRequest {
    if (cseq === undefined) this.#localCseq += 1
    const { callId, localTag, remoteTag, localName, remoteName } = this.#start
    const { uri, routes, address } = this.#path()
    const request: SipRequest = {
      kind: 'request',
      method,
      uri,
      headers: [
        { name: 'Max-Forwards', value: '70' },
        ...routes.map((value) => ({ name: 'Route', value })),
        { name: 'From', value: `${localName};tag=${localTag}` },
        { name: 'To', value: remoteTag ? `${remoteName};tag=${remoteTag}` : remoteName },
        { name: 'Call-ID', value: callId },
        { name: 'CSeq', value: `${cseq ?? this.#localCseq} ${method}` },
        ...headers,
      ],
      body,
    }
    return { request, address }
  }

  /** False for a request that is older than one already handled; it is to be answered with 500. */
  accept(cseq: number): boolean {
    if (this.#remoteCseq !== undefined && cseq <= this.#remoteCseq) return false
    this.#remoteCseq = cseq
    return true
  }

  /** A new Contact of the peer takes the place of the old one. */
  retarget(message: ReceivedRequest | ReceivedResponse): void {
    this.#remoteTarget = contactOf(message) ?? this.#remoteTarget
  }

  #path(): { uri: string; routes: readonly string[]; address: UdpAddress | undefined } {
    const [first, ...others] = this.#start.routes
    const hop = first === undefined ? undefined : parseNameAddress(first)?.uri
    if (hop === undefined) {
      return { uri: this.#remoteTarget, routes: [], address: toUdpAddress(this.#remoteTarget) }
    }
    const address = toUdpAddress(hop)
    if (parseSipUri(hop)?.parameters.has('lr')) {
      return { uri: this.#remoteTarget, routes: this.#start.routes, address }
    }
    // A strict router wants itself in the request line and the target at the end of the route (section 12.2.1.1).
    return { uri: hop, routes: [...others, `<${this.#remoteTarget}>`], address }
  }
}

export function dialogKey(callId: string, localTag: string, remoteTag: string): string {
  return `${callId} ${localTag} ${remoteTag}`
}

/** The URI in Contact; undefined when there is none that can be reached. */
export function contactOf(message: ReceivedRequest | ReceivedResponse): string | undefined {
  const uri = parseNameAddress(headersOf(message, 'contact')[0] ?? '')?.uri
  return uri !== undefined && toUdpAddress(uri) ? uri : undefined
}

import type { ClientHandlers } from './client-transaction.ts'
import type { DialogRequest } from './dialog.ts'
import { answerChallenge, type Credentials, parseChallenge } from './digest.ts'
import { headerOf, type ReceivedResponse, type SipHeader } from './sip-message.ts'
import type { SentRequest, TransactionLayer } from './transaction-layer.ts'

export interface AuthorizedRequestOptions extends ClientHandlers {
  readonly layer: TransactionLayer
  readonly credentials: Credentials | undefined
  /** Called once for each attempt, so that every attempt has a CSeq of its own. */
  readonly build: () => DialogRequest
  readonly onChallenge?: () => void
}

export interface AuthorizedRequest extends SentRequest {
  /** What the last attempt carried; the ACK of its 2xx carries the same (RFC 3261, section 13.2.2.4). */
  readonly authorization: SipHeader | undefined
}

/** Sends a request and answers one digest challenge (401 or 407), or a further one whose nonce was only stale. */
export function sendAuthorized(options: AuthorizedRequestOptions): AuthorizedRequest {
  const { layer, credentials, build, onResponse, onFailure, onChallenge } = options
  let current: SentRequest | undefined
  let authorization: SipHeader | undefined
  let hasTried = false

  const send = (authorize?: (method: string, uri: string) => SipHeader) => {
    const { request, address } = build()
    if (!address) return onFailure('transport')
    authorization = authorize?.(request.method, request.uri)
    const extra = authorization ? [authorization] : []
    const authorized = { ...request, headers: [...request.headers, ...extra] }
    current = layer.send(authorized, address, { onFailure, onResponse: receive })
  }

  const receive = (response: ReceivedResponse) => {
    const isProxy = response.status === 407
    const header = headerOf(response, isProxy ? 'proxy-authenticate' : 'www-authenticate')
    const isChallenge = (isProxy || response.status === 401) && header !== undefined
    const challenge = isChallenge ? parseChallenge(header) : undefined
    if (!challenge || !credentials || (hasTried && !challenge.isStale)) return onResponse(response)
    hasTried = true
    onChallenge?.()
    send((method, uri) => ({
      name: isProxy ? 'Proxy-Authorization' : 'Authorization',
      value: answerChallenge(challenge, { credentials, method, uri }),
    }))
  }

  send()
  return {
    cancel: () => current?.cancel(),
    stop: () => current?.stop(),
    get authorization() {
      return authorization
    },
  }
}

import type { DeliveryFault } from '@trunkline/contracts'

/** What one attempt came to. */
export type Outcome =
  | { readonly kind: 'delivered'; readonly status: number }
  /** 410: the receiver wants nothing more at this address. */
  | { readonly kind: 'gone'; readonly status: number }
  | {
      readonly kind: 'failed'
      readonly fault: DeliveryFault
      readonly status?: number
      readonly retryAfterMs?: number
      /** It asked for a pause: nothing else is sent to this address either until then. */
      readonly pausesEndpoint?: boolean
    }

const busy: ReadonlySet<number> = new Set([429, 503])

export function toOutcome(status: number, retryAfterMs?: number): Outcome {
  if (status >= 200 && status < 300) return { kind: 'delivered', status }
  if (status === 410) return { kind: 'gone', status }
  const fault = status >= 300 && status < 400 ? 'redirect' : 'status'
  return {
    ...{ kind: 'failed', fault, status },
    ...(retryAfterMs === undefined ? {} : { retryAfterMs, pausesEndpoint: busy.has(status) }),
  }
}

const faultByCode: Readonly<Record<string, DeliveryFault>> = {
  'blocked-address': 'blocked-address',
  ECONNREFUSED: 'refused',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'tls',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'tls',
  EPROTO: 'tls',
}

/** What a request that got no answer failed of. */
export function toFault(error: unknown): DeliveryFault {
  if (!(error instanceof Error)) return 'network'
  if (error.name === 'TimeoutError') return 'timeout'
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (/^(CERT_|ERR_TLS|ERR_SSL)/.test(code)) return 'tls'
  return faultByCode[code] ?? 'network'
}

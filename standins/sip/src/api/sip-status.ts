import { SIPStatusCode } from '@livekit/protocol'
import { SipApiError, type TwirpCode } from '../errors.ts'

/** As livekit-sip answers them (be5d3f5, every status asked for one by one); the rest goes by its hundred. */
const codes: Readonly<Record<number, TwirpCode>> = {
  302: 'not_found',
  402: 'permission_denied',
  403: 'permission_denied',
  404: 'not_found',
  408: 'deadline_exceeded',
  410: 'not_found',
  416: 'out_of_range',
  480: 'resource_exhausted',
  481: 'not_found',
  482: 'failed_precondition',
  483: 'failed_precondition',
  486: 'resource_exhausted',
  487: 'aborted',
  491: 'aborted',
  504: 'deadline_exceeded',
  505: 'invalid_argument',
  513: 'invalid_argument',
  600: 'resource_exhausted',
  603: 'permission_denied',
  604: 'not_found',
  607: 'permission_denied',
  608: 'permission_denied',
}

/** A peer's refusal as the error of the request that made us ask it. */
export function toSipStatusError(status: number, reason: string, cause?: unknown): SipApiError {
  const fallback = status >= 500 && status < 600 ? 'failed_precondition' : 'invalid_argument'
  const meta = { sip_status_code: String(status), sip_status: reason || nameOf(status) }
  return new SipApiError(codes[status] ?? fallback, `sip status: ${status}`, { cause, meta })
}

/** What stands for a reason phrase that the peer left out. */
function nameOf(status: number): string {
  const name: string | undefined = SIPStatusCode[status]
  return name === undefined ? String(status) : name
}

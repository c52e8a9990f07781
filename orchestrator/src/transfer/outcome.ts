import type { TransferOutcome } from '@trunkline/contracts'
import { SipCallError } from 'livekit-server-sdk'

/** Final SIP answers by what they mean for a transfer (RFC 3261 section 21, RFC 8197, RFC 8688). */
const outcomeByStatus: Readonly<Record<number, TransferOutcome>> = {
  404: 'unreachable',
  408: 'no-answer',
  410: 'unreachable',
  480: 'no-answer',
  484: 'unreachable',
  486: 'busy',
  487: 'no-answer',
  600: 'busy',
  603: 'declined',
  604: 'unreachable',
  607: 'declined',
  608: 'declined',
}

/**
 * Of an error of the SIP API. A SIP status is a final answer, the carrier's refusal to transfer at all among them.
 * Without one nobody has said: a request that ran out of time may have been done all the same.
 */
export function readTransferFault(error: unknown): Exclude<TransferOutcome, 'done'> {
  const status = error instanceof SipCallError ? error.sipStatusCode : undefined
  if (status !== undefined) {
    const outcome = outcomeByStatus[status] ?? 'refused'
    return outcome === 'done' ? 'refused' : outcome
  }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'failed_precondition') return 'not-established'
  if (code === 'not_found' || code === 'invalid_argument') return 'refused'
  if (code === 'unavailable' || code === 'unimplemented') return 'unavailable'
  return 'unknown'
}

import { setTimeout as sleep } from 'node:timers/promises'
import type { TransferSIPParticipantRequest } from '@livekit/protocol'
import { inBackground, withSignals } from '@trunkline/runtime'
import { type Call, PhoneError } from '@trunkline/telephony'
import { toSipStatusError } from '../api/sip-status.ts'
import { SipApiError } from '../errors.ts'
import type { Metrics } from '../metrics.ts'
import type { CallRegistry } from './call-registry.ts'
import { toMs } from './duration.ts'

export interface TransferDeps {
  readonly registry: CallRegistry
  readonly metrics: Metrics
  /** Whether somebody of that identity is in the room. */
  readonly isPresent: (room: string, identity: string) => Promise<boolean>
}

const defaultTimeoutMs = 30_000
/** The peer may hang up first, which most do. */
const byeAfterMs = 1000

/** Hands calls over by REFER, one target at a time for each. */
export function createTransfers({ registry, metrics, isPresent }: TransferDeps) {
  const running = new Map<Call, { readonly target: string; readonly done: Promise<void> }>()

  const refer = async (call: Call, request: TransferSIPParticipantRequest): Promise<void> => {
    const headers = Object.entries(request.headers).map(([name, value]) => ({ name, value }))
    const timeoutMs = toMs(request.ringingTimeout) ?? defaultTimeoutMs
    try {
      const { status, reason } = await withSignals([], { timeoutMs }, (signal) =>
        call.refer(request.transferTo, { headers, signal }),
      )
      if (status >= 300) throw toSipStatusError(status, reason)
    } catch (error) {
      // Many a peer accepts, hangs up and reports nothing more: livekit-sip takes that for done too.
      if (error instanceof PhoneError && error.code === 'call-over' && error.status !== undefined) {
        return metrics.transferred('done')
      }
      metrics.transferred('failed')
      throw toTransferError(error)
    }
    metrics.transferred('done')
    const bye = async () => {
      await sleep(byeAfterMs, undefined, { ref: false })
      await call.hangup()
    }
    inBackground(bye(), { onError: () => {} }) // hanging up does not fail
  }

  /** Resolves when the target has answered. @throws {SipApiError} */
  return async (request: TransferSIPParticipantRequest): Promise<void> => {
    const { roomName, participantIdentity, transferTo } = request
    if (!/^(sips?|tel):\S+$/i.test(transferTo)) {
      throw invalid('transfer_to must be a valid SIP(s) or TEL URI (sip:, sips: or tel:)')
    }
    const found = registry.find(roomName, participantIdentity)
    if (found.kind === 'unknown') {
      if (await isPresent(roomName, participantIdentity)) {
        throw invalid('no SIP session associated with participant')
      }
      throw new SipApiError('not_found', 'participant does not exist')
    }
    if (found.kind === 'unanswered') {
      throw new SipApiError('failed_precondition', 'the call is not answered yet')
    }
    const { call } = found.live
    const other = running.get(call)
    if (other && other.target !== transferTo) {
      throw invalid('call already being transferred elsewhere')
    }
    if (other) return other.done
    const done = refer(call, request)
    running.set(call, { target: transferTo, done })
    try {
      await done
    } finally {
      running.delete(call)
    }
  }
}

function invalid(text: string): SipApiError {
  return new SipApiError('invalid_argument', text)
}

function toTransferError(error: unknown): unknown {
  if (error instanceof DOMException && error.name === 'TimeoutError') {
    return new SipApiError('deadline_exceeded', 'request timed out', { cause: error })
  }
  if (!(error instanceof PhoneError)) return error
  if (error.status !== undefined) {
    return toSipStatusError(error.status, reasonOf(error.cause), error)
  }
  const code = error.code === 'no-response' ? 'deadline_exceeded' : 'failed_precondition'
  return new SipApiError(code, 'the call could not be handed over', { cause: error })
}

function reasonOf(cause: unknown): string {
  const isAnswer = typeof cause === 'object' && cause !== null && 'reason' in cause
  return isAnswer ? String(cause.reason) : ''
}

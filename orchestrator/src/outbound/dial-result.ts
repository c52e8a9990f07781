import type { EndReason } from '@trunkline/contracts'
import { SipCallError } from 'livekit-server-sdk'

/** Why a call that was dialled out was not answered. */
export type DialFailure = Extract<
  EndReason,
  'callee-busy' | 'callee-no-answer' | 'callee-declined' | 'number-unreachable' | 'trunk-rejected'
>

/** Final SIP answers by what they mean to us (RFC 3261 section 21, RFC 8197, RFC 8688). */
const failureByStatus: Readonly<Record<number, DialFailure>> = {
  404: 'number-unreachable',
  408: 'callee-no-answer',
  410: 'number-unreachable',
  480: 'callee-no-answer',
  484: 'number-unreachable',
  486: 'callee-busy',
  487: 'callee-no-answer',
  600: 'callee-busy',
  603: 'callee-declined',
  604: 'number-unreachable',
  607: 'callee-declined',
  608: 'callee-declined',
}

/** Anything else a carrier answers, or that nobody answers, is the trunk's refusal. */
export function toDialFailure(status: number | undefined): DialFailure {
  return (status === undefined ? undefined : failureByStatus[status]) ?? 'trunk-rejected'
}

/** Of an error of `createSipParticipant`; without a SIP status its code says whether it rang out. */
export function readDialFailure(error: unknown): DialFailure {
  if (error instanceof SipCallError) return toDialFailure(error.sipStatusCode)
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  const isLate = code === 'deadline_exceeded' || code === 'canceled'
  const isTimeout = error instanceof Error && error.name === 'TimeoutError'
  return isLate || isTimeout ? 'callee-no-answer' : 'trunk-rejected'
}

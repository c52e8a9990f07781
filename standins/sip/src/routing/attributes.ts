import { SIPHeaderOptions } from '@livekit/protocol'
import type { SipHeader } from '@trunkline/telephony'

export type CallStatus = 'dialing' | 'ringing' | 'automation' | 'active' | 'hangup'
export const statusAttribute = 'sip.callStatus'

export interface CallFacts {
  readonly callId: string
  readonly trunkId: string
  readonly ruleId?: string
  /** The peer's number, our number and the peer's host; left out of a hidden caller's attributes. */
  readonly numbers?: {
    readonly phone: string
    readonly trunkPhone: string
    readonly hostname: string
  }
  /** The SIP Call-ID and the peer's tag, once they are known. */
  readonly dialog?: { readonly id: string; readonly tag: string }
}

/** The attributes of a SIP participant. */
export function callAttributes(facts: CallFacts, status: CallStatus): Record<string, string> {
  const { numbers, dialog, ruleId } = facts
  return {
    'sip.callID': facts.callId,
    'sip.trunkID': facts.trunkId,
    [statusAttribute]: status,
    ...(ruleId !== undefined && { 'sip.ruleID': ruleId }),
    ...(dialog && dialogAttributes(dialog)),
    ...(numbers && {
      'sip.phoneNumber': numbers.phone,
      'sip.trunkPhoneNumber': numbers.trunkPhone,
      'sip.hostname': numbers.hostname,
    }),
  }
}

export function dialogAttributes({ id, tag }: { id: string; tag: string }): Record<string, string> {
  return { 'sip.callIDFull': id, 'sip.callTag': tag }
}

/** Headers that a trunk wants in attributes: `sip.h.<name>` for all or those with X-, and names of its own. */
export function headerAttributes(
  headers: readonly SipHeader[],
  wanted: {
    readonly includeHeaders: SIPHeaderOptions
    readonly headersToAttributes: Readonly<Record<string, string>>
  },
): Record<string, string> {
  const { includeHeaders, headersToAttributes } = wanted
  const named = new Map(
    Object.entries(headersToAttributes).map(([name, target]) => [name.toLowerCase(), target]),
  )
  return Object.fromEntries(
    headers.flatMap(({ name, value }): [string, string][] => {
      const lower = name.toLowerCase()
      const isIncluded =
        includeHeaders === SIPHeaderOptions.SIP_ALL_HEADERS ||
        (includeHeaders === SIPHeaderOptions.SIP_X_HEADERS && lower.startsWith('x-'))
      const target = named.get(lower)
      return [
        ...(isIncluded && !isProof(lower) ? ([[`sip.h.${lower}`, value]] as const) : []),
        ...(target === undefined ? [] : ([[target, value]] as const)),
      ].map(([key, text]) => [key, text])
    }),
  )
}

/** A digest's proof lets who reads it try passwords; unlike livekit-sip we keep it from the room. */
export function isProof(lowerName: string): boolean {
  return lowerName === 'proxy-authorization' || lowerName === 'authorization'
}

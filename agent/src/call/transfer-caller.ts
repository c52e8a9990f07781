import { SipClient } from 'livekit-server-sdk'
import type { Config } from '../config.ts'

export interface CallerTransfer {
  readonly room: string
  /** Of the caller's SIP leg. */
  readonly identity: string
  /** Number or sip: address. */
  readonly to: string
}

/** livekit-sip gives the other side as long to answer, and hears of the outcome by NOTIFY. */
const ringingSeconds = 25

/**
 * Hands the caller's leg over to somebody else (SIP REFER), and waits until that has answered.
 * @throws {Error} when it did not, was not asked, or the leg is not a telephone's
 */
export async function transferCaller(
  { room, identity, to }: CallerTransfer,
  { apiKey, apiSecret, sipApiUrl }: Config['livekit'],
): Promise<void> {
  const client = new SipClient(sipApiUrl.replace(/^ws/, 'http'), apiKey, apiSecret)
  await client.transferSipParticipant(room, identity, toTransferUri(to), {
    playDialtone: true,
    ringingTimeout: ringingSeconds,
  })
}

/** What a REFER names: a SIP address as it is, a number as `tel:`. */
export function toTransferUri(to: string): string {
  return /^(sips?|tel):/.test(to) ? to : `tel:${to}`
}

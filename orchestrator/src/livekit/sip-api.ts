import { SipClient } from 'livekit-server-sdk'
import { toHttpUrl } from './rooms.ts'

export interface Dial {
  /** LiveKit's id of the outbound trunk. */
  readonly trunkId: string
  /** Number or `sip:` address. */
  readonly to: string
  readonly room: string
  /** Of the participant that the telephone becomes. */
  readonly identity: string
  /** Shown to the one who is called. */
  readonly from?: string | undefined
  readonly ringSeconds: number
}

export interface Transfer {
  readonly room: string
  /** The participant whose telephone is transferred. */
  readonly identity: string
  /** Number or `sip:` address. */
  readonly to: string
  readonly ringSeconds: number
}

/** What we ask of the SIP gateway. Errors are the SDK's; they may hold numbers and belong into no log. */
export interface SipApi {
  /** Resolves when it was answered. @throws {SipCallError} with the SIP status, or a TwirpError without one */
  dial(dial: Dial): Promise<void>
  /**
   * Asks the caller's carrier to call someone else instead of us (REFER). livekit-sip answers as if it had been done
   * also when the caller hangs up meanwhile (measured): only a telephone that is still there then proves it, since
   * livekit-sip itself hangs up a second later.
   * @throws {SipCallError} with the SIP status, or a TwirpError without one
   */
  transfer(transfer: Transfer): Promise<void>
}

export interface SipApiOptions {
  /** Address of Twirp `livekit.SIP`: livekit-server's own, or a gateway's that stands in for livekit-sip. */
  readonly url: string
  readonly apiKey: string
  readonly apiSecret: string
}

/** Beyond the ringing: the gateway's own answer comes first. */
const graceSeconds = 10

export function createSipApi({ url, apiKey, apiSecret }: SipApiOptions): SipApi {
  const client = new SipClient(toHttpUrl(url), apiKey, apiSecret)
  return {
    async dial({ trunkId, to, room, identity, from, ringSeconds }) {
      await client.createSipParticipant(trunkId, to, room, {
        participantIdentity: identity,
        participantName: 'callee',
        ...(from === undefined ? {} : { fromNumber: from }),
        ringingTimeout: ringSeconds,
        timeout: ringSeconds + graceSeconds,
        waitUntilAnswered: true,
      })
    },
    async transfer({ room, identity, to, ringSeconds }) {
      await client.transferSipParticipant(room, identity, toUri(to), {
        playDialtone: true, // the caller hears it ring
        ringingTimeout: ringSeconds,
        timeout: ringSeconds + graceSeconds,
      })
    },
  }
}

/** livekit-sip refers to URIs alone. */
function toUri(to: string): string {
  return /^(sips?|tel):/.test(to) ? to : `tel:${to}`
}

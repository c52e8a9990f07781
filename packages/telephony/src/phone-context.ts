import type { Call } from './call.ts'
import type { SipTimers } from './client-transaction.ts'
import type { Codec } from './codec.ts'
import type { RtpPorts } from './media.ts'
import type { RtpPath } from './rtp-path.ts'
import type { CodecPreference } from './sdp.ts'
import type { Session } from './session.ts'
import type { UdpAddress } from './sip-address.ts'
import type { SipHeader } from './sip-message.ts'
import type { TransactionLayer } from './transaction-layer.ts'

/** Whether a peer may hold us; `ignored` answers a re-INVITE with the first description and goes on sending. */
export type HoldPolicy = 'honoured' | 'ignored'

/** What the calls of one phone share. */
export interface PhoneContext {
  readonly layer: TransactionLayer
  /** Where this phone is reached. */
  readonly local: UdpAddress
  /** Address the RTP sockets are bound to. */
  readonly bindHost: string
  readonly contact: SipHeader
  readonly userAgent: SipHeader
  readonly codecs: readonly Codec[]
  readonly prefer: CodecPreference
  readonly holds: HoldPolicy
  readonly badOfferStatus: number
  /** Our tag for a call that comes in. */
  readonly newTag: () => string
  readonly rtpPorts: RtpPorts | undefined
  readonly rtpPath: RtpPath
  readonly timers: SipTimers
  /** Established calls by dialog key. */
  readonly sessions: Map<string, Session>
  readonly calls: Set<Call>
}

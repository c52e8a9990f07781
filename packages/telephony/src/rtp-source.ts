import type { UdpAddress } from './sip-address.ts'

export interface RtpSource {
  /** The peer's description names a new address; what was learnt is forgotten. */
  expect(address: UdpAddress, at: number): void
  /** Whether a packet that came from `address` belongs to this call. */
  admits(address: UdpAddress, at: number): boolean
}

/** How long only the announced address is admitted before another one may be learnt. */
const learnAfterMs = 200

/**
 * Decides whose packets are this call's. The address in the peer's description counts; when nothing comes from it, as
 * behind a NAT, the first other source is learnt (symmetric RTP, RFC 4961). Strays of an earlier call on the same
 * port are kept out.
 */
export function createRtpSource(): RtpSource {
  let announced: { address: UdpAddress; at: number } | undefined
  let learnt: UdpAddress | undefined
  return {
    expect(address, at) {
      if (announced && isSame(announced.address, address)) return
      announced = { address, at }
      learnt = undefined
    },
    admits(address, at) {
      if (!announced) return true // before the answer: early media may come from anywhere
      if (learnt) return isSame(learnt, address)
      if (!isSame(announced.address, address) && at - announced.at < learnAfterMs) return false
      learnt = address
      return true
    },
  }
}

function isSame(one: UdpAddress, other: UdpAddress): boolean {
  return one.host === other.host && one.port === other.port
}

/** One RTP packet (RFC 3550, section 5.1). */
export interface RtpPacket {
  readonly payloadType: number
  readonly marker: boolean
  /** 0–65535 */
  readonly sequence: number
  /** 0–2³²−1, in samples */
  readonly timestamp: number
  readonly ssrc: number
  readonly payload: Uint8Array
}

const headerBytes = 12

/** Undefined for anything that is not an RTP packet of version 2; RTCP on the same port is not one either. */
export function decodeRtp(bytes: Uint8Array): RtpPacket | undefined {
  if (bytes.length < headerBytes) return undefined
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const flags = view.getUint8(0)
  const second = view.getUint8(1)
  // RFC 5761: payload types 64–95 with the marker bit are RTCP's packet types 192–223.
  if (flags >> 6 !== 2 || (second >= 192 && second <= 223)) return undefined
  let start = headerBytes + (flags & 0x0f) * 4
  if (flags & 0x10) {
    if (start + 4 > bytes.length) return undefined
    start += 4 + view.getUint16(start + 2) * 4
  }
  const padding = flags & 0x20 ? view.getUint8(bytes.length - 1) : 0
  const end = bytes.length - padding
  if (start > end || (flags & 0x20 && padding === 0)) return undefined
  return {
    payloadType: second & 0x7f,
    marker: (second & 0x80) !== 0,
    sequence: view.getUint16(2),
    timestamp: view.getUint32(4),
    ssrc: view.getUint32(8),
    payload: bytes.subarray(start, end),
  }
}

export function encodeRtp(packet: RtpPacket): Uint8Array {
  const bytes = new Uint8Array(headerBytes + packet.payload.length)
  const view = new DataView(bytes.buffer)
  view.setUint8(0, 0x80)
  view.setUint8(1, (packet.marker ? 0x80 : 0) | packet.payloadType)
  view.setUint16(2, packet.sequence)
  view.setUint32(4, packet.timestamp)
  view.setUint32(8, packet.ssrc)
  bytes.set(packet.payload, headerBytes)
  return bytes
}

/** How far `to` is ahead of `from`, −32768 … 32767, whatever has wrapped round in between. */
export function sequenceDistance(from: number, to: number): number {
  return ((to - from) << 16) >> 16
}

/** How far `to` is ahead of `from` in samples, −2³¹ … 2³¹−1. */
export function timestampDistance(from: number, to: number): number {
  return (to - from) | 0
}

import { createSocket } from 'node:dgram'
import { once } from 'node:events'
import type { RtpPath, UdpAddress } from '@trunkline/telephony'

/** RTP's header (RFC 3550, section 5.1): flags, payload type, sequence, timestamp, SSRC. */
const headerBytes = 12

/** What no telephone should send, made of a packet that one has sent. */
const oddities: readonly ((packet: Buffer) => Buffer)[] = [
  // Payload types: not agreed on, dynamic, comfort noise, and RTCP's on the same port.
  ...[3, 8, 13, 96, 101, 127, 200].map((type) => (packet: Buffer) => {
    packet.writeUInt8(type, 1)
    return packet
  }),
  // Cut off: nothing, in the header, after it, in the middle of the audio.
  ...[0, 1, 11, headerBytes, headerBytes + 1, 90].map((bytes) => (packet: Buffer) => {
    return packet.subarray(0, bytes)
  }),
  // The header promises more than there is: contributors, an extension, padding; and another version.
  ...[0x8f, 0x90, 0xa0, 0x00, 0xc0].map((flags) => (packet: Buffer) => {
    packet.writeUInt8(flags, 0)
    packet.writeUInt8(0xff, packet.length - 1)
    return packet
  }),
  (packet) => Buffer.concat([packet, Buffer.alloc(3000, 0x55)]),
]

/** After each packet goes one that is odd, while `isOdd` says so; each kind in turn. */
export function createOddPath(isOdd: () => boolean): RtpPath & { readonly oddPackets: number } {
  let oddPackets = 0
  return {
    get oddPackets() {
      return oddPackets
    },
    carry: (arrive) => arrive(),
    alter(packet) {
      if (!isOdd()) return [packet]
      const odd = oddities[oddPackets % oddities.length]?.(Buffer.from(packet))
      oddPackets += 1
      return odd ? [packet, odd] : [packet]
    },
  }
}

/** Sends RTP that belongs to no call, from a port of its own, to where a call's is received. */
export async function openStray({ host, port }: UdpAddress) {
  const socket = createSocket('udp4')
  socket.bind(0, '127.0.0.1')
  await once(socket, 'listening')
  let sequence = 0
  return {
    send() {
      const packet = Buffer.alloc(headerBytes + 160, 0x7f)
      packet.writeUInt8(0x80, 0)
      packet.writeUInt8(0, 1)
      packet.writeUInt16BE(sequence & 0xffff, 2)
      packet.writeUInt32BE(sequence * 160, 4)
      packet.writeUInt32BE(0xbad, 8)
      sequence += 1
      socket.send(packet, port, host)
    },
    close: () => void socket.close(),
  }
}

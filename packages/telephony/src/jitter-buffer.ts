import { type RtpPacket, sequenceDistance } from './rtp-packet.ts'

/** A packet with the time it came in, epoch milliseconds. */
interface ArrivedPacket {
  readonly packet: RtpPacket
  readonly arrivedAt: number
}

/** A packet in its place in the stream, after `lost` packets that never came. */
export interface OrderedPacket extends ArrivedPacket {
  readonly lost: number
}

export interface JitterBuffer {
  /** What can be handed on now that `arrived` is here, in order. */
  push(arrived: ArrivedPacket): OrderedPacket[]
  /** What still waits for a packet that will not come. */
  flush(): OrderedPacket[]
  readonly counts: { readonly late: number; readonly duplicate: number; readonly lost: number }
}

/** A jump of this many packets is a new stream, not a loss (RFC 3550, appendix A.1). */
const maxDropout = 3000

/**
 * Puts packets into order. One that comes in turn is handed on at once, so nothing is delayed on a clean line; one
 * that comes early waits until the gap closes or `maxHeld` packets wait with it.
 */
export function createJitterBuffer({ maxHeld = 4 }: { maxHeld?: number } = {}): JitterBuffer {
  let stream: { ssrc: number; next: number } | undefined
  const held = new Map<number, ArrivedPacket>()
  const counts = { late: 0, duplicate: 0, lost: 0 }

  const release = (gapAllowed: boolean): OrderedPacket[] => {
    const ready: OrderedPacket[] = []
    while (stream && held.size > 0) {
      let lost = 0
      let arrived = held.get(stream.next)
      if (!arrived) {
        if (!gapAllowed && held.size < maxHeld) break
        const next = stream.next
        const distances = [...held.keys()].map((sequence) => sequenceDistance(next, sequence))
        lost = Math.min(...distances)
        arrived = held.get((stream.next + lost) & 0xffff)
        if (!arrived) break
      }
      held.delete(arrived.packet.sequence)
      counts.lost += lost
      stream.next = (arrived.packet.sequence + 1) & 0xffff
      ready.push({ ...arrived, lost })
    }
    return ready
  }

  return {
    push(arrived) {
      const { ssrc, sequence } = arrived.packet
      const distance = stream ? sequenceDistance(stream.next, sequence) : 0
      if (!stream || stream.ssrc !== ssrc || Math.abs(distance) > maxDropout) {
        const rest = release(true)
        stream = { ssrc, next: (sequence + 1) & 0xffff }
        return [...rest, { ...arrived, lost: 0 }]
      }
      if (distance < 0) {
        counts.late += 1
        return []
      }
      if (held.has(sequence)) {
        counts.duplicate += 1
        return []
      }
      held.set(sequence, arrived)
      return release(false)
    },
    flush: () => release(true),
    counts,
  }
}

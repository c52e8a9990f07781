import { type Codec, codecOf } from './codec.ts'
import { decodeG711 } from './g711.ts'
import { createG722Decoder } from './g722.ts'
import { createJitterBuffer, type OrderedPacket } from './jitter-buffer.ts'
import type { RtpPacket } from './rtp-packet.ts'
import { createKeyReader } from './telephone-event.ts'
import type { RecordedAudio } from './timeline.ts'

/** One received packet's audio in its place in the stream; `at` is when it arrived, epoch milliseconds. */
export interface ReceivedAudio extends RecordedAudio {
  /** The same time at 16 kHz, where the packet was G.722. */
  readonly wideband?: Int16Array
  /** Packets before this one that never came. */
  readonly lost: number
}

export interface IncomingCounts {
  readonly received: number
  readonly late: number
  readonly duplicate: number
  readonly lost: number
  /** Packets of a payload type that was not agreed on. */
  readonly unknown: number
}

export interface IncomingAudio {
  push(packet: RtpPacket, arrivedAt: number): void
  /** The telephone-event payload type; those of the codecs are fixed. */
  setEventType(payloadType: number | undefined): void
  /** Hands on what still waits for a lost packet. */
  flush(): void
  readonly counts: IncomingCounts
}

/** The receiving half of an RTP stream without its socket: order, decoding, keys. */
export function createIncomingAudio(handlers: {
  onAudio: (audio: ReceivedAudio) => void
  onKey: (digit: string, arrivedAt: number) => void
}): IncomingAudio {
  const buffer = createJitterBuffer()
  const readKey = createKeyReader()
  const decodeG722 = createG722Decoder()
  let eventType: number | undefined
  let received = 0
  let unknown = 0

  const decode = (codec: Codec, payload: Uint8Array) => {
    if (codec !== 'G722') return { pcm: decodeG711(codec, payload) }
    const { narrowband, wideband } = decodeG722(payload)
    return { pcm: narrowband, wideband }
  }

  const handOn = (ordered: readonly OrderedPacket[]) => {
    for (const { packet, arrivedAt, lost } of ordered) {
      const codec = codecOf(packet.payloadType)
      if (codec) {
        const { timestamp, ssrc } = packet
        const decoded = decode(codec, packet.payload)
        handlers.onAudio({ ...decoded, at: arrivedAt, timestamp, ssrc, lost })
      } else if (packet.payloadType === eventType) {
        const digit = readKey(packet.timestamp, packet.payload)
        if (digit !== undefined) handlers.onKey(digit, arrivedAt)
      } else {
        unknown += 1
      }
    }
  }

  return {
    push(packet, arrivedAt) {
      received += 1
      handOn(buffer.push({ packet, arrivedAt }))
    },
    setEventType(payloadType) {
      eventType = payloadType
    },
    flush: () => handOn(buffer.flush()),
    get counts() {
      return { received, unknown, ...buffer.counts }
    },
  }
}

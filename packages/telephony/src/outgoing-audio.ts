import type { Codec } from './codec.ts'
import { encodeG711, g711Silence } from './g711.ts'
import { createG722Encoder } from './g722.ts'
import { PhoneError } from './phone-error.ts'
import { createPlayback, type Playback, type PlayedFrame, type PlayOptions } from './playback.ts'
import type { RtpPacket } from './rtp-packet.ts'
import { encodeTelephoneEvent, type KeySlot, type KeyTiming, planKeys } from './telephone-event.ts'

/** Samples in one packet of 20 ms at 8 kHz. */
const packetSamples = 160

interface OutgoingFormat {
  readonly codec: Codec
  readonly payloadType: number
  readonly eventPayloadType: number | undefined
}

/** One packet with the audio in it; silent for keys. */
interface OutgoingPacket {
  readonly packet: RtpPacket
  readonly pcm: Int16Array
}

interface Segment {
  readonly signal: AbortSignal | undefined
  /** The packet for this slot; undefined when nothing of the segment is left. */
  next(at: number): { frame: PlayedFrame } | { key: KeySlot } | undefined
  finish(isComplete: boolean): void
  fail(error: unknown): void
}

export interface OutgoingAudio {
  /** Queues audio after what is queued already; resolves when its last packet has left or `signal` aborts. */
  play(pcm: Int16Array, options?: PlayOptions): Promise<Playback>
  /** What is sent instead of silence while nothing is queued; asked for once in each slot of 20 ms. */
  playFrom(source: () => PlayedFrame | undefined): void
  /** Queues keys; resolves after the last one's gap. */
  sendKeys(keys: string, options?: KeyTiming & { signal?: AbortSignal }): Promise<void>
  /** The packet that leaves at `at`, epoch ms, after `skipped` slots of 20 ms in which none could leave. */
  next(at: number, skipped: number): OutgoingPacket | undefined
  setFormat(format: OutgoingFormat): void
  /** While false the clock runs on and nothing is sent: the peer does not want to hear us. */
  setSending(isSending: boolean): void
  /** Ends everything queued with an error. */
  close(): void
}

const silence = new Int16Array(packetSamples)
const widebandSilence = new Int16Array(2 * packetSamples)

/** The sending half of an RTP stream without its socket: audio, keys, or silence for each slot of 20 ms. */
export function createOutgoingAudio(start: {
  ssrc: number
  sequence: number
  timestamp: number
}): OutgoingAudio {
  let { sequence, timestamp } = start
  let format: OutgoingFormat | undefined
  let isSending = true
  let isMarked = true
  let keyStart = 0
  let isClosed = false
  let encodeG722 = createG722Encoder()
  const queue: Segment[] = []
  let live: () => PlayedFrame | undefined = () => undefined

  const take = (at: number) => {
    for (let segment = queue[0]; segment; segment = queue[0]) {
      const slot = segment.signal?.aborted ? undefined : segment.next(at)
      if (slot) return slot
      queue.shift()
      segment.finish(!segment.signal?.aborted)
    }
    return undefined
  }

  const encode = (codec: Codec, frame: PlayedFrame | undefined): Uint8Array => {
    // Silence goes through the encoder of G.722 like anything else: its predictor is part of the stream.
    if (codec === 'G722') return encodeG722(frame?.wideband() ?? widebandSilence)
    if (frame) return encodeG711(codec, frame.pcm)
    return new Uint8Array(packetSamples).fill(g711Silence[codec])
  }

  const toPacket = (slot: ReturnType<typeof take>): OutgoingPacket | undefined => {
    if (!format) return undefined
    const base = { ssrc: start.ssrc, sequence }
    // Asked in every slot, so that a live source does not fall behind while something else is sent.
    const liveFrame = live()
    if (slot && 'key' in slot && slot.key.kind === 'event') {
      if (slot.key.isFirst) keyStart = timestamp
      const payload = encodeTelephoneEvent(slot.key.event)
      const payloadType = format.eventPayloadType ?? 0
      const marker = slot.key.isFirst
      return {
        packet: { ...base, payloadType, marker, timestamp: keyStart, payload },
        pcm: silence,
      }
    }
    const frame = slot && 'frame' in slot ? slot.frame : liveFrame
    const pcm = frame?.pcm ?? silence
    const payload = encode(format.codec, frame)
    const { payloadType } = format
    return { packet: { ...base, payloadType, marker: isMarked, timestamp, payload }, pcm }
  }

  const enqueue = (segment: Segment) => {
    if (isClosed) segment.fail(callOver())
    else queue.push(segment)
  }

  return {
    play(pcm, { sampleRateHz = 8000, signal } = {}) {
      const { next, outcome } = createPlayback(pcm, sampleRateHz)
      return new Promise((resolve, reject) =>
        enqueue({
          signal,
          next(at) {
            const frame = next(at)
            return frame && { frame }
          },
          finish: (isComplete) => resolve(outcome(isComplete)),
          fail: reject,
        }),
      )
    },
    playFrom(source) {
      live = source
    },
    async sendKeys(keys, { signal, ...timing } = {}) {
      const slots = planKeys(keys, timing)
      if (format && format.eventPayloadType === undefined) {
        throw new PhoneError('bad-answer', 'the peer takes no telephone events')
      }
      let index = 0
      await new Promise<void>((resolve, reject) =>
        enqueue({
          signal,
          next() {
            const key = slots[index]
            index += 1
            return key && { key }
          },
          finish: () => resolve(),
          fail: reject,
        }),
      )
    },
    next(at, skipped) {
      timestamp = (timestamp + skipped * packetSamples) >>> 0
      if (skipped > 0) isMarked = true
      const outgoing = isSending && format ? toPacket(take(at)) : undefined
      timestamp = (timestamp + packetSamples) >>> 0
      if (!outgoing) {
        isMarked = true
        return undefined
      }
      sequence = (sequence + 1) & 0xffff
      isMarked = false
      return outgoing
    },
    setFormat(next) {
      if (format?.codec !== next.codec) encodeG722 = createG722Encoder()
      format = next
    },
    setSending(next) {
      isSending = next
    },
    close() {
      isClosed = true
      for (const segment of queue.splice(0)) segment.fail(callOver())
    },
  }
}

function callOver(): PhoneError {
  return new PhoneError('call-over', 'the call is over')
}

import { randomBytes, randomInt } from 'node:crypto'
import { createSocket, type Socket } from 'node:dgram'
import { once } from 'node:events'
import { epochNow } from '@trunkline/runtime'
import { createIncomingAudio, type IncomingCounts, type ReceivedAudio } from './incoming-audio.ts'
import { createOutgoingAudio, type OutgoingAudio } from './outgoing-audio.ts'
import { type Pacer, startPacer } from './pacer.ts'
import type { PhoneContext } from './phone-context.ts'
import { PhoneError } from './phone-error.ts'
import { decodeRtp, encodeRtp } from './rtp-packet.ts'
import { createRtpSource } from './rtp-source.ts'
import type { Agreement } from './sdp.ts'
import type { RecordedAudio } from './timeline.ts'

export interface MediaHandlers {
  onAudio(audio: ReceivedAudio): void
  onSent(audio: RecordedAudio): void
  onKey(digit: string, at: number): void
}

export interface MediaCounts extends IncomingCounts {
  readonly sent: number
  /** Slots of 20 ms that a stall of this process took. */
  readonly skipped: number
  /** Datagrams that were no RTP or came from elsewhere. */
  readonly refused: number
}

/** One call's RTP stream on a socket of its own. */
export interface Media extends Pick<OutgoingAudio, 'play' | 'playFrom' | 'sendKeys'> {
  readonly port: number
  readonly counts: MediaCounts
  /** Sends and receives as agreed from now on; called again when a re-INVITE changes the agreement. */
  apply(agreement: Agreement): void
  close(): void
}

/** Inclusive; a call takes an even port of these, as RTP's neighbour is RTCP's (RFC 3550, section 11). */
export interface RtpPorts {
  readonly first: number
  readonly last: number
}

const packetMs = 20
/** How many ports of a range are tried before it counts as full. */
const maxPortTries = 20
const maxLateMs = 200

/**
 * Opens the socket; packets leave every 20 ms once something is agreed.
 * @throws {PhoneError} `bind-failed`
 */
export async function openMedia(
  host: string,
  { rtpPorts: ports, rtpPath: path }: Pick<PhoneContext, 'rtpPorts' | 'rtpPath'>,
  handlers: MediaHandlers,
): Promise<Media> {
  const socket = ports ? await bindWithin(host, ports) : await bindUdp(host, 0)
  const random = randomBytes(10)
  const ssrc = random.readUInt32BE(0)
  const outgoing = createOutgoingAudio({
    ssrc,
    sequence: random.readUInt16BE(4) >> 1, // the upper half is left free so that the wrap does not come early
    timestamp: random.readUInt32BE(6),
  })
  const incoming = createIncomingAudio(handlers)
  const source = createRtpSource()
  const tallies = { sent: 0, skipped: 0, refused: 0 }
  let agreement: Agreement | undefined
  let pacer: Pacer | undefined
  let isClosed = false

  const receive = (bytes: Uint8Array, from: { address: string; port: number }) => {
    if (isClosed) return
    const at = epochNow()
    const packet = decodeRtp(bytes)
    if (packet && source.admits({ host: from.address, port: from.port }, at)) {
      incoming.push(packet, at)
    } else {
      tallies.refused += 1
    }
  }
  socket.on('message', (bytes, from) => path.carry(() => receive(bytes, from)))

  const sendNext = (_slot: number, skipped: number) => {
    const at = epochNow()
    tallies.skipped += skipped
    const outgoingPacket = outgoing.next(at, skipped)
    if (!outgoingPacket || !agreement) return
    const { packet, pcm } = outgoingPacket
    // A packet that cannot be sent is a lost packet; the call ends by signalling or by its silence.
    const { host, port } = agreement
    const encoded = encodeRtp(packet)
    for (const datagram of path.alter?.(encoded) ?? [encoded]) {
      path.carry(() => {
        if (!isClosed) socket.send(datagram, port, host, () => undefined)
      })
    }
    tallies.sent += 1
    handlers.onSent({ pcm, at, timestamp: packet.timestamp, ssrc })
  }

  return {
    port: socket.address().port,
    play: outgoing.play,
    playFrom: outgoing.playFrom,
    sendKeys: outgoing.sendKeys,
    get counts() {
      return { ...incoming.counts, ...tallies }
    },
    apply(next) {
      if (isClosed) return
      agreement = next
      source.expect({ host: next.host, port: next.port }, epochNow())
      incoming.setEventType(next.eventPayloadType)
      outgoing.setFormat(next)
      outgoing.setSending(next.direction === 'sendrecv' || next.direction === 'sendonly')
      pacer ??= startPacer({ intervalMs: packetMs, maxLateMs, now: epochNow, onSlot: sendNext })
    },
    close() {
      if (isClosed) return
      isClosed = true
      pacer?.stop()
      incoming.flush()
      outgoing.close()
      socket.close()
    },
  }
}

/** @throws {PhoneError} `bind-failed` */
async function bindWithin(host: string, { first, last }: RtpPorts): Promise<Socket> {
  const evens = Math.max(1, Math.floor((last - first) / 2) + 1)
  const start = randomInt(evens)
  for (let tried = 1; ; tried += 1) {
    const port = first + 2 * ((start + tried) % evens)
    try {
      return await bindUdp(host, port)
    } catch (error) {
      if (tried >= Math.min(evens, maxPortTries)) throw error
    }
  }
}

/** @throws {PhoneError} `bind-failed` */
export async function bindUdp(host: string, port: number): Promise<Socket> {
  const socket = createSocket('udp4')
  try {
    socket.bind(port, host)
    await once(socket, 'listening')
  } catch (cause) {
    throw new PhoneError('bind-failed', `cannot listen on UDP port ${port}`, { cause })
  }
  // Errors of single datagrams come back through the callback of send; the socket itself lives on.
  socket.on('error', () => undefined)
  return socket
}

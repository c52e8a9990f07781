import { type Codec, payloadTypes } from './codec.ts'

/** Whose order of codecs counts when we answer an offer. */
export type CodecPreference = 'theirs' | 'ours'

export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

interface PayloadFormat {
  readonly payloadType: number
  readonly name: string
  readonly clockHz: number
}

/** What a phone needs of one session description (RFC 8866). */
export interface SessionDescription {
  readonly sessionId: string
  readonly version: number
  /** Host and port the describing side wants audio at; port 0 means the stream is refused. */
  readonly host: string
  readonly port: number
  readonly direction: Direction
  readonly formats: readonly PayloadFormat[]
  /** Every m= line in order, as `kind proto`; the audio one is at `audioIndex`. */
  readonly media: readonly { readonly kind: string; readonly proto: string }[]
  readonly audioIndex: number
}

/** What both sides agreed on (RFC 3264). */
export interface Agreement {
  readonly host: string
  readonly port: number
  readonly codec: Codec
  readonly payloadType: number
  readonly eventPayloadType: number | undefined
  /** As seen from the side that asks. */
  readonly direction: Direction
}

const staticFormats: Readonly<Record<number, PayloadFormat>> = {
  0: { payloadType: 0, name: 'PCMU', clockHz: 8000 },
  8: { payloadType: 8, name: 'PCMA', clockHz: 8000 },
  9: { payloadType: 9, name: 'G722', clockHz: 8000 },
}
const eventName = 'telephone-event'
/** Payload type of telephone-event in our offers; an answer repeats the offerer's. */
const offeredEventType = 101
const directions: readonly Direction[] = ['sendrecv', 'sendonly', 'recvonly', 'inactive']

/** Undefined when there is no usable audio stream in it. Never throws. */
export function parseSdp(text: string): SessionDescription | undefined {
  const media: { kind: string; proto: string }[] = []
  let origin: readonly string[] = []
  let sessionHost = ''
  let audio:
    | {
        host: string
        port: number
        types: number[]
        maps: Map<number, PayloadFormat>
        direction?: Direction
      }
    | undefined
  let audioIndex = -1
  let sessionDirection: Direction = 'sendrecv'
  for (const line of text.split(/\r\n|\n|\r/)) {
    const value = line.slice(2)
    const isHere = audio !== undefined && audioIndex === media.length - 1
    if (line.startsWith('o=')) origin = value.split(' ')
    else if (line.startsWith('c=')) {
      const host = value.split(' ')[2]?.split('/')[0] ?? ''
      if (media.length === 0) sessionHost = host
      else if (isHere && audio) audio.host = host
    } else if (line.startsWith('m=')) {
      const [kind = '', port = '', proto = '', ...types] = value.split(' ')
      media.push({ kind, proto })
      if (kind === 'audio' && proto === 'RTP/AVP' && !audio) {
        audioIndex = media.length - 1
        audio = { host: '', port: Number(port), types: types.map(Number), maps: new Map() }
      }
    } else if (line.startsWith('a=')) {
      const direction = directions.find((name) => name === value)
      if (direction && media.length === 0) sessionDirection = direction
      else if (direction && isHere && audio) audio.direction = direction
      const map = /^rtpmap:(\d{1,3}) ([\w.-]+)\/(\d+)/.exec(value)
      if (map && isHere && audio) {
        const payloadType = Number(map[1])
        audio.maps.set(payloadType, { payloadType, name: map[2] ?? '', clockHz: Number(map[3]) })
      }
    }
  }
  if (!audio || !Number.isInteger(audio.port) || audio.port < 0 || audio.port > 65535)
    return undefined
  const host = audio.host || sessionHost
  if (!host) return undefined
  const { maps, types, direction = sessionDirection } = audio
  return {
    sessionId: origin[1] ?? '0',
    version: Number(origin[2] ?? 0) || 0,
    host,
    port: audio.port,
    direction,
    formats: types.flatMap((type) => maps.get(type) ?? staticFormats[type] ?? []),
    media,
    audioIndex,
  }
}

export interface LocalMedia {
  readonly host: string
  readonly port: number
  readonly sessionId: string
  /** Grows by one with each description of a session that differs from the last. */
  readonly version: number
  readonly direction: Direction
}

/** An offer of the codecs in the given order, and telephone-event. */
export function writeOffer(local: LocalMedia, codecs: readonly Codec[]): string {
  const formats = codecs.map((name) => ({ payloadType: payloadTypes[name], name, clockHz: 8000 }))
  const events = { payloadType: offeredEventType, name: eventName, clockHz: 8000 }
  return writeSdp(local, [audioLines(local, [...formats, events])])
}

/** The answer to `offer` with what was agreed; streams other than the audio one are refused (port 0). */
export function writeAnswer(
  local: LocalMedia,
  offer: SessionDescription,
  agreed: Agreement,
): string {
  const formats: PayloadFormat[] = [
    { payloadType: agreed.payloadType, name: agreed.codec, clockHz: 8000 },
  ]
  if (agreed.eventPayloadType !== undefined) {
    formats.push({ payloadType: agreed.eventPayloadType, name: eventName, clockHz: 8000 })
  }
  return writeSdp(
    local,
    offer.media.map(({ kind, proto }, index) =>
      index === offer.audioIndex ? audioLines(local, formats) : [`m=${kind} 0 ${proto} 0`],
    ),
  )
}

/**
 * What the peer's description and our codecs have in common: the first of its formats that we speak, or with
 * `prefer: 'ours'` the first of our codecs that it speaks. Undefined when there is none or the stream is refused.
 */
export function agree(
  remote: SessionDescription,
  codecs: readonly Codec[],
  { prefer = 'theirs' }: { prefer?: CodecPreference } = {},
): Agreement | undefined {
  const named = remote.formats.flatMap((format) => {
    const codec = codecs.find((name) => name === format.name.toUpperCase())
    return codec && format.clockHz === 8000 ? [{ codec, payloadType: format.payloadType }] : []
  })
  const rank = ({ codec }: { codec: Codec }) => codecs.indexOf(codec)
  const [chosen] =
    prefer === 'ours' ? named.toSorted((one, other) => rank(one) - rank(other)) : named
  if (!chosen || remote.port === 0) return undefined
  const events = remote.formats.find(
    ({ name, clockHz }) => name.toLowerCase() === eventName && clockHz === 8000,
  )
  return {
    ...chosen,
    host: remote.host,
    port: remote.port,
    eventPayloadType: events?.payloadType,
    direction: mirror(remote.direction, remote.host),
  }
}

/** The answering side's direction (RFC 3264, section 6.1); 0.0.0.0 is the hold of RFC 2543. */
function mirror(direction: Direction, host: string): Direction {
  if (host === '0.0.0.0') return direction === 'inactive' ? 'inactive' : 'recvonly'
  if (direction === 'sendonly') return 'recvonly'
  if (direction === 'recvonly') return 'sendonly'
  return direction
}

function audioLines(local: LocalMedia, formats: readonly PayloadFormat[]): string[] {
  return [
    `m=audio ${local.port} RTP/AVP ${formats.map(({ payloadType }) => payloadType).join(' ')}`,
    ...formats.map(
      ({ payloadType, name, clockHz }) => `a=rtpmap:${payloadType} ${name}/${clockHz}`,
    ),
    ...formats
      .filter(({ name }) => name === eventName)
      .map(({ payloadType }) => `a=fmtp:${payloadType} 0-15`),
    'a=ptime:20',
    `a=${local.direction}`,
  ]
}

function writeSdp(local: LocalMedia, media: readonly (readonly string[])[]): string {
  const session = [
    'v=0',
    `o=- ${local.sessionId} ${local.version} IN IP4 ${local.host}`,
    's=-',
    `c=IN IP4 ${local.host}`,
    't=0 0',
  ]
  return [...session, ...media.flat(), ''].join('\r\n')
}

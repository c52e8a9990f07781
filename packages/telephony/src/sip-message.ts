import {
  type NameAddress,
  parseNameAddress,
  parseVia,
  splitOutside,
  type Via,
} from './sip-address.ts'

export interface SipHeader {
  readonly name: string
  readonly value: string
}

export interface SipRequest {
  readonly kind: 'request'
  readonly method: string
  readonly uri: string
  readonly headers: readonly SipHeader[]
  readonly body: string
}

export interface SipResponse {
  readonly kind: 'response'
  readonly status: number
  readonly reason: string
  readonly headers: readonly SipHeader[]
  readonly body: string
}

/** What every message must have (RFC 3261, section 8.1.1), already parsed. */
interface Essentials {
  readonly via: Via
  readonly from: NameAddress
  readonly to: NameAddress
  readonly callId: string
  readonly cseq: { readonly number: number; readonly method: string }
}

export type ReceivedRequest = SipRequest & Essentials
export type ReceivedResponse = SipResponse & Essentials
export type ReceivedMessage = ReceivedRequest | ReceivedResponse

export type SipParseResult =
  | { readonly ok: true; readonly message: ReceivedMessage }
  | { readonly ok: false; readonly fault: string; readonly request?: SipRequest }

const fullNames: Readonly<Record<string, string>> = {
  i: 'call-id',
  m: 'contact',
  e: 'content-encoding',
  l: 'content-length',
  c: 'content-type',
  f: 'from',
  s: 'subject',
  k: 'supported',
  t: 'to',
  v: 'via',
  r: 'refer-to',
  o: 'event',
}
const maxHeaders = 256
const tokenPattern = /^[A-Za-z0-9.!%*_+`'~-]+$/

/**
 * Reads one datagram. Never throws; a fault says what is wrong without repeating what was sent. When the faulty
 * message is a request with a readable start line, it comes along so that 400 can be answered.
 */
export function parseSipMessage(bytes: Uint8Array): SipParseResult {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const split = /\r?\n\r?\n/.exec(text)
  if (!split) return { ok: false, fault: 'no empty line after the headers' }
  const lines = text.slice(0, split.index).split(/\r?\n/)
  const start = lines.shift() ?? ''
  const headers = readHeaders(lines)
  if (!headers) return { ok: false, fault: 'a header line has no name' }
  if (headers.length > maxHeaders) return { ok: false, fault: 'too many headers' }
  const rest = bytes.subarray(split.index + split[0].length)
  const body = readBody(rest, headers)

  const status = /^SIP\/2\.0 ([1-6]\d\d)(?: (.*))?$/i.exec(start)
  if (status) {
    if (body === undefined) return { ok: false, fault: 'wrong content-length' }
    const message = {
      kind: 'response',
      status: Number(status[1]),
      reason: utf8(status[2] ?? ''),
      headers,
      body,
    } as const
    const essentials = readEssentials(message)
    return typeof essentials === 'string'
      ? { ok: false, fault: essentials }
      : { ok: true, message: { ...message, ...essentials } }
  }
  const line = /^(\S+) (\S+) SIP\/2\.0$/i.exec(start)
  if (!line || !tokenPattern.test(line[1] ?? '')) return { ok: false, fault: 'bad start line' }
  const request = {
    kind: 'request',
    method: line[1] ?? '',
    uri: utf8(line[2] ?? ''),
    headers,
    body: body ?? '',
  } as const
  if (body === undefined) return { ok: false, fault: 'wrong content-length', request }
  const essentials = readEssentials(request)
  if (typeof essentials === 'string') return { ok: false, fault: essentials, request }
  if (essentials.cseq.method !== request.method) {
    return { ok: false, fault: 'the method is not that of cseq', request }
  }
  return { ok: true, message: { ...request, ...essentials } }
}

/** The message as a datagram, with Content-Length. */
export function encodeSipMessage(message: SipRequest | SipResponse): Uint8Array {
  const start =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0`
      : `SIP/2.0 ${message.status} ${message.reason}`
  const headers = message.headers.filter(({ name }) => name.toLowerCase() !== 'content-length')
  const lines = headers.map(({ name, value }) => `${name}: ${value.replace(/[\r\n]+/g, ' ')}`)
  const length = Buffer.byteLength(message.body)
  const head = [start, ...lines, `Content-Length: ${length}`, '', ''].join('\r\n')
  return Buffer.from(head + message.body)
}

/** The first value of a header, whatever its case or short form. */
export function headerOf(
  message: { readonly headers: readonly SipHeader[] },
  name: string,
): string | undefined {
  return message.headers.find((header) => canonical(header.name) === name.toLowerCase())?.value
}

/** Every value of a header that may be repeated or hold a list. */
export function headersOf(
  message: { readonly headers: readonly SipHeader[] },
  name: string,
): string[] {
  return message.headers
    .filter((header) => canonical(header.name) === name.toLowerCase())
    .flatMap(({ value }) => splitOutside(value, ','))
    .map((value) => value.trim())
    .filter((value) => value !== '')
}

function readHeaders(lines: readonly string[]): SipHeader[] | undefined {
  const headers: { name: string; value: string }[] = []
  for (const line of lines) {
    const last = headers.at(-1)
    if (/^[ \t]/.test(line) && last) {
      last.value = `${last.value} ${utf8(line.trim())}`.trim()
      continue
    }
    const colon = line.indexOf(':')
    const name = line.slice(0, colon).trim()
    if (colon < 1 || !tokenPattern.test(name)) return undefined
    headers.push({ name, value: utf8(line.slice(colon + 1).trim()) })
  }
  return headers
}

function readBody(rest: Uint8Array, headers: readonly SipHeader[]): string | undefined {
  const lengths = headers.filter(({ name }) => canonical(name) === 'content-length')
  const stated = lengths[0]?.value
  // Over UDP the datagram's end is the body's end, so the header may be missing (RFC 3261, section 18.3).
  const length = stated === undefined ? rest.length : /^\d{1,7}$/.test(stated) ? Number(stated) : -1
  if (length < 0 || length > rest.length || lengths.length > 1) return undefined
  return Buffer.from(rest.subarray(0, length)).toString('utf8')
}

function readEssentials(message: SipRequest | SipResponse): Essentials | string {
  const via = parseVia(headersOf(message, 'via')[0] ?? '')
  const from = parseNameAddress(headerOf(message, 'from') ?? '')
  const to = parseNameAddress(headerOf(message, 'to') ?? '')
  const callId = headerOf(message, 'call-id') ?? ''
  const cseq = /^(\d{1,10})\s+(\S+)$/.exec(headerOf(message, 'cseq') ?? '')
  if (!via) return 'no usable via'
  if (!from) return 'no usable from'
  if (!to) return 'no usable to'
  if (!callId || /\s/.test(callId)) return 'no usable call-id'
  if (!cseq || Number(cseq[1]) > 0x7fffffff) return 'no usable cseq'
  return { via, from, to, callId, cseq: { number: Number(cseq[1]), method: cseq[2] ?? '' } }
}

function canonical(name: string): string {
  const lower = name.toLowerCase()
  return fullNames[lower] ?? lower
}

function utf8(latin1: string): string {
  return Buffer.from(latin1, 'latin1').toString('utf8')
}

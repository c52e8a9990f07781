import { isIP } from 'node:net'

type SipParameters = ReadonlyMap<string, string>

/** A UDP destination. */
export interface UdpAddress {
  readonly host: string
  readonly port: number
}

/** A SIP URI; `user` is unescaped. */
export interface SipUri {
  readonly scheme: 'sip' | 'sips' | 'tel'
  readonly user: string
  readonly host: string
  readonly port: number | undefined
  readonly parameters: SipParameters
}

/** The value of From, To, Contact, Route, Record-Route and Refer-To. */
export interface NameAddress {
  readonly display: string
  readonly uri: string
  readonly parameters: SipParameters
}

/** One value of Via. */
export interface Via {
  readonly transport: string
  readonly host: string
  readonly port: number | undefined
  readonly parameters: SipParameters
}

const defaultSipPort = 5060

/** Undefined for what is no sip:, sips: or tel: URI. */
export function parseSipUri(text: string): SipUri | undefined {
  const scheme = /^(sips?|tel):/i.exec(text)?.[1]?.toLowerCase()
  if (scheme !== 'sip' && scheme !== 'sips' && scheme !== 'tel') return undefined
  const [body = '', ...headers] = text.slice(scheme.length + 1).split('?')
  if (headers.length > 1) return undefined
  const at = body.lastIndexOf('@')
  if (scheme === 'tel') {
    const [number = '', ...parameters] = body.split(';')
    if (!number) return undefined
    return {
      scheme,
      user: number,
      host: '',
      port: undefined,
      parameters: readParameters(parameters),
    }
  }
  const [hostPort = '', ...parameters] = body.slice(at + 1).split(';')
  const place = parseHostPort(hostPort)
  const user = unescapeUser(at < 0 ? '' : (body.slice(0, at).split(':')[0] ?? ''))
  if (!place || user === undefined) return undefined
  return { scheme, user, ...place, parameters: readParameters(parameters) }
}

/** Undefined when the brackets do not match or nothing is left of the URI. */
export function parseNameAddress(text: string): NameAddress | undefined {
  const value = text.trim()
  const open = findUnquoted(value, '<')
  if (open < 0) {
    // Without brackets every parameter belongs to the header, none to the URI (RFC 3261, section 20.10).
    const [uri = '', ...parameters] = value.split(';')
    if (!/^[a-z][a-z0-9+.-]*:[^\s<>"]+$/i.test(uri.trim())) return undefined
    return { display: '', uri: uri.trim(), parameters: readParameters(parameters) }
  }
  const close = value.indexOf('>', open)
  if (close < 0) return undefined
  const uri = value.slice(open + 1, close).trim()
  const rest = value.slice(close + 1).trim()
  if (!uri || (rest && !rest.startsWith(';'))) return undefined
  const shown = value.slice(0, open).trim()
  const display = /^".*"$/s.test(shown) ? shown.slice(1, -1).replace(/\\(.)/gs, '$1') : shown
  return { display, uri, parameters: readParameters(splitOutside(rest, ';').slice(1)) }
}

export function parseVia(text: string): Via | undefined {
  const match = /^\s*SIP\s*\/\s*2\.0\s*\/\s*([A-Za-z0-9-]+)\s+([^;]+?)\s*(;.*)?$/is.exec(text)
  const place = match && parseHostPort((match[2] ?? '').replace(/\s/g, ''))
  if (!match || !place) return undefined
  const parameters = readParameters((match[3] ?? '').split(';').slice(1))
  return { transport: (match[1] ?? '').toUpperCase(), ...place, parameters }
}

/** Where a message for this URI goes; undefined for tel: URIs. */
export function toUdpAddress(uri: string): UdpAddress | undefined {
  const parsed = parseSipUri(uri)
  if (!parsed?.host) return undefined
  return { host: parsed.host, port: parsed.port ?? defaultSipPort }
}

/** `text` as the user part of a URI (RFC 3261: what is not unreserved is escaped). */
export function escapeUser(text: string): string {
  return encodeURIComponent(text).replace(/%(2B|24|26|3D|2C|3B|3F|2F)/g, (code) =>
    decodeURIComponent(code),
  )
}

/** `text` as the display name before an address. */
export function quoteName(text: string): string {
  return `"${text.replace(/["\\]/g, '\\$&')}"`
}

/** Cuts at `separator` where it stands outside of quotes and angle brackets. */
export function splitOutside(text: string, separator: string): string[] {
  const parts: string[] = []
  let from = 0
  let isQuoted = false
  let depth = 0
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (isQuoted && character === '\\') index += 1
    else if (character === '"') isQuoted = !isQuoted
    else if (isQuoted) continue
    else if (character === '<') depth += 1
    else if (character === '>') depth = Math.max(0, depth - 1)
    else if (character === separator && depth === 0) {
      parts.push(text.slice(from, index))
      from = index + 1
    }
  }
  parts.push(text.slice(from))
  return parts
}

function findUnquoted(text: string, wanted: string): number {
  let isQuoted = false
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index]
    if (isQuoted && character === '\\') index += 1
    else if (character === '"') isQuoted = !isQuoted
    else if (!isQuoted && character === wanted) return index
  }
  return -1
}

function parseHostPort(text: string): { host: string; port: number | undefined } | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::(\d{1,5}))?$/i.exec(text)
  const host = match?.[1]?.replace(/^\[|\]$/g, '')
  if (!match || !host || (text.startsWith('[') && isIP(host) !== 6)) return undefined
  const port = match[2] === undefined ? undefined : Number(match[2])
  if (port !== undefined && (port < 1 || port > 65535)) return undefined
  return { host, port }
}

function readParameters(parts: readonly string[]): SipParameters {
  const parameters = new Map<string, string>()
  for (const part of parts) {
    const [name = '', ...value] = part.split('=')
    const key = name.trim().toLowerCase()
    if (key)
      parameters.set(
        key,
        value
          .join('=')
          .trim()
          .replace(/^"(.*)"$/, '$1'),
      )
  }
  return parameters
}

function unescapeUser(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined // a lone % or bytes that are no UTF-8: the URI is malformed
  }
}
